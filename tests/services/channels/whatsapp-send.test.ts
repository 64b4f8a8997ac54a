import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatsapp } from "#channels/whatsapp/channel";
import type { Thread } from "#contracts/channel";
import { DeliveryFailure, type Outgoing, type OutgoingContent } from "#services/channels";
import { account, type FakeGraph, startFakeGraph } from "#support/fake-graph";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  accessToken: account.token,
  phoneNumberId: account.phoneNumberId,
  businessAccountId: account.businessAccountId,
};
const thread: Thread = {
  key: "US.13491208655302741918",
  kind: "direct",
  address: { to: "16505551234", lastMessageId: "wamid.last" },
};
const words = "Your parcel is on its way.";

let graph: FakeGraph;

beforeEach(async () => {
  graph = await startFakeGraph();
});
afterEach(() => graph.close());

const text = (change: object = {}): OutgoingContent => ({
  type: "text",
  text: words,
  plain: words,
  ...change,
});

const file = (change: object = {}): OutgoingContent => ({
  type: "file",
  kind: "image",
  name: "tent.png",
  mediaType: "image/png",
  bytes: Buffer.from("a picture"),
  url: "https://help.example.com/files/1",
  ...change,
});

const outgoing = (content: OutgoingContent = text(), change: Partial<Outgoing> = {}): Outgoing => ({
  key: "0199aaaa-0000-7000-8000-000000000001",
  thread,
  author: "agent",
  content,
  lastCustomerAt: new Date(),
  ...change,
});

const send = (content?: OutgoingContent, change?: Partial<Outgoing>) =>
  whatsapp.send(outgoing(content, change), config, graph.outside);

async function failureOf(attempt: Promise<unknown>): Promise<DeliveryFailure> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  if (error instanceof DeliveryFailure) return error;
  throw new Error("It did not fail.", { cause: error });
}

describe("what WhatsApp is sent", () => {
  it("sends words to the number and names what WhatsApp called them", async () => {
    const sent = await send();

    expect(sent).toEqual({ externalId: "wamid.1" });
    expect(graph.calls).toMatchObject([
      {
        path: `/v23.0/${account.phoneNumberId}/messages`,
        json: { to: "16505551234", text: { body: words } },
      },
    ]);
  });

  it("gives each part its key, which receipts repeat", async () => {
    await send(text(), { key: "part-7" });

    expect(graph.calls[0]?.json).toMatchObject({ biz_opaque_callback_data: "part-7" });
  });

  it("sends to the business-scoped id of who hides the number", async () => {
    await send(text(), { thread: { ...thread, address: { recipient: "US.13491208655302741918" } } });

    expect(graph.calls[0]?.json).toMatchObject({ recipient: "US.13491208655302741918" });
    expect(graph.calls[0]?.json).not.toHaveProperty("to");
  });

  it("sends to a group", async () => {
    await send(text(), { thread: { key: "g", kind: "group", address: { group: "Y2FwaV9ncm91cDo" } } });

    expect(graph.calls[0]?.json).toMatchObject({ recipient_type: "group", to: "Y2FwaV9ncm91cDo" });
  });

  it("answers a message of the customer", async () => {
    await send(text(), { replyToId: "wamid.8" });

    expect(graph.calls[0]?.json).toMatchObject({ context: { message_id: "wamid.8" } });
  });

  const buttons = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: `Choice ${index}` }));

  it("puts up to three choices on buttons", async () => {
    await send(text({ buttons: buttons(3) }));

    expect(graph.calls[0]?.json).toMatchObject({
      interactive: { type: "button", body: { text: words }, action: { buttons: { length: 3 } } },
    });
  });

  it.each([
    ["more than three choices", text({ buttons: buttons(10) })],
    ["choices below a long text", text({ text: "word ".repeat(300).trim(), buttons: buttons(2) })],
  ])("puts %s on a list", async (_, content) => {
    await send(content);

    expect(graph.calls[0]?.json).toMatchObject({ interactive: { type: "list" } });
  });

  it("sends a template with its values", async () => {
    await send({ type: "template", name: "order_update", language: "en_US", values: ["Ada", "Tuesday"] });

    expect(graph.calls[0]?.json).toMatchObject({
      template: {
        name: "order_update",
        language: { code: "en_US" },
        components: [{ parameters: [{ text: "Ada" }, { text: "Tuesday" }] }],
      },
    });
  });

  it("sends a template without values", async () => {
    await expect(
      send({ type: "template", name: "hello", language: "en", values: [] }),
    ).resolves.toBeDefined();
  });

  it("uploads a file and shows it with its words", async () => {
    await send(file({ caption: "The green one" }));

    const [uploaded, shown] = graph.calls;
    expect(uploaded?.form).toMatchObject({ type: "image/png" });
    const bytes = uploaded?.form?.file;
    expect(bytes instanceof File && (await bytes.text())).toBe("a picture");
    expect(shown?.json).toMatchObject({ type: "image", image: { id: "7000", caption: "The green one" } });
  });

  it.each([
    ["a picture that WhatsApp cannot show", file({ name: "tent.webp", mediaType: "image/webp" })],
    ["a picture that is too large", file({ bytes: Buffer.alloc(5 * 1024 * 1024 + 1) })],
    [
      "a sound with words, which would be lost",
      file({ kind: "audio", mediaType: "audio/mpeg", caption: "Hear" }),
    ],
  ])("sends %s as a document", async (_, content) => {
    await send(content);

    expect(graph.calls[1]?.json).toMatchObject({ type: "document", document: { filename: /./ } });
  });

  it("refuses words that are too long to stand beside a file, before anything is sent", async () => {
    const failure = await failureOf(send(file({ caption: "a".repeat(1_025) })));

    expect(failure).toMatchObject({ kind: "permanent", code: "caption_too_long" });
    expect(graph.calls).toEqual([]);
  });
});

describe("what WhatsApp refuses", () => {
  it.each([
    [{ status: 400, code: 131047 }, "permanent", "The 24-hour window has closed: send a template."],
    [{ status: 400, code: 131026 }, "permanent", /cannot deliver to this customer/],
    [{ status: 404, code: 132001 }, "permanent", "There is no such template in this language."],
    [{ status: 400, code: 999999 }, "permanent", /refused this \(999999\)/],
    [{ status: 429, code: 130429 }, "passing", "WhatsApp asks to send more slowly."],
    [{ status: 500, code: 131016 }, "passing", "WhatsApp is out of order for the moment."],
    [{ status: 429 }, "passing", "WhatsApp asks to send more slowly."],
    [{ status: 401, code: 190 }, "revoked", /connect the channel again/],
    [{ status: 403, code: 10 }, "revoked", /no right to send/],
    [{ status: 401 }, "revoked", /does not accept the access token/],
    [{ status: 502 }, "unknown", /not known whether it arrived/],
    [{ status: 500, code: 1 }, "unknown", /not known whether it arrived/],
    [{ status: 200, page: "<html>" }, "unknown", /not known whether it arrived/],
  ] as const)("reads %j as %s", async (trouble, kind, said) => {
    graph.meets(trouble);

    const failure = await failureOf(send());

    expect(failure).toMatchObject({ kind, message: expect.stringMatching(said) });
  });

  it("tells nothing of the token, the number or the words", async () => {
    graph.meets({ status: 400, code: 131009 });

    const failure = await failureOf(send());

    const told = JSON.stringify([failure.message, failure.code, String(failure.cause)]);
    for (const secret of [config.accessToken, "16505551234", words, "Hello"])
      expect(told).not.toContain(secret);
  });

  it("waits as long as it is asked to", async () => {
    graph.meets({ status: 429, code: 4, headers: { "retry-after": "17" } });

    expect(await failureOf(send())).toMatchObject({ kind: "passing", retryAfter: 17 });
  });

  it("waits the minutes that Meta tells in its own way", async () => {
    const usage = JSON.stringify({
      "102290129340398": [{ type: "whatsapp", estimated_time_to_regain_access: 3 }],
    });
    graph.meets({ status: 400, code: 80007, headers: { "x-business-use-case-usage": usage } });

    expect(await failureOf(send())).toMatchObject({ kind: "passing", retryAfter: 180 });
  });

  it("gives one customer time who was sent too much", async () => {
    graph.meets({ status: 400, code: 131056 });

    expect(await failureOf(send())).toMatchObject({ kind: "passing", retryAfter: 6 });
  });

  it("does not claim to know what became of a message whose answer was lost", async () => {
    graph.meets("cut");

    expect(await failureOf(send())).toMatchObject({ kind: "unknown" });
  });

  it("knows that nothing was sent where nobody listens", async () => {
    await graph.close();

    expect(await failureOf(send())).toMatchObject({ kind: "passing" });
  });

  it("tries a lost upload again, because no customer saw it", async () => {
    graph.meets("cut");

    expect(await failureOf(send(file()))).toMatchObject({ kind: "passing" });
    expect(graph.calls).toHaveLength(1);
  });

  it("takes an answer that comes late", async () => {
    graph.meets({ late: 300 });

    await expect(send()).resolves.toEqual({ externalId: "wamid.1" });
  });
});

describe("signs to a WhatsApp customer", () => {
  it("shows that an answer is being written, at the customer's last message", async () => {
    await whatsapp.typing?.(thread, config, graph.outside);

    expect(graph.calls[0]?.json).toMatchObject({
      message_id: "wamid.last",
      typing_indicator: { type: "text" },
    });
  });

  it("shows nothing where there is no message to show it at", async () => {
    await whatsapp.typing?.({ ...thread, address: { to: "16505551234" } }, config, graph.outside);

    expect(graph.calls).toEqual([]);
  });

  it("marks a message as read", async () => {
    await whatsapp.markRead?.(thread, "wamid.8", config, graph.outside);

    expect(graph.calls[0]?.json).toEqual({
      messaging_product: "whatsapp",
      status: "read",
      message_id: "wamid.8",
    });
  });
});
