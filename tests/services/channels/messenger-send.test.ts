import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { messenger } from "#channels/messenger/channel";
import type { Thread } from "#contracts/channel";
import { DeliveryFailure, type Outgoing, type OutgoingContent } from "#services/channels";
import { account, type FakeGraph, signedByMeta, startFakeGraph, startForeignHost } from "#support/fake-graph";
import { echoed, psid } from "./payloads/messenger.ts";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  pageAccessToken: account.token,
  pageId: account.pageId,
};
const thread: Thread = { key: psid, kind: "direct", address: { psid } };
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
  kind: "document",
  name: "invoice.pdf",
  mediaType: "application/pdf",
  bytes: Buffer.from("%PDF-"),
  url: "https://help.example.com/files/1",
  ...change,
});

const send = (content: OutgoingContent = text(), change: Partial<Outgoing> = {}) =>
  messenger.send(
    { key: "0199aaaa", thread, author: "agent", content, lastCustomerAt: new Date(), ...change },
    config,
    graph.outside,
  );

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function failureOf(attempt: Promise<unknown> | undefined): Promise<DeliveryFailure> {
  const error = await attempt?.catch((thrown: unknown) => thrown);
  if (error instanceof DeliveryFailure) return error;
  throw new Error("It did not fail.", { cause: error });
}

describe("what Messenger is sent", () => {
  it("sends words as an answer and names what Messenger called them", async () => {
    const sent = await send();

    expect(sent).toEqual({ externalId: "m_1" });
    expect(graph.calls).toMatchObject([
      {
        path: `/v23.0/${account.pageId}/messages`,
        json: { recipient: { id: psid }, messaging_type: "RESPONSE", message: { text: words } },
      },
    ]);
  });

  it("knows its own words when Messenger shows them back, and by which key they went", async () => {
    await send();

    const { message } = z.looseObject({ message: z.looseObject({}) }).parse(graph.calls[0]?.json);
    const shown = signedByMeta(echoed(message), config.appSecret);

    expect(messenger.parse(shown, config)).toMatchObject([
      { kind: "receipt", key: "0199aaaa", status: "sent" },
    ]);
  });

  it("answers a message of the customer", async () => {
    await send(text(), { replyToId: "m_0" });

    expect(graph.calls[0]?.json).toMatchObject({ reply_to: { mid: "m_0" } });
  });

  it("offers choices as quick replies", async () => {
    const buttons = Array.from({ length: 13 }, (_, index) => ({ id: `b${index}`, title: `Choice ${index}` }));

    await send(text({ buttons }));

    expect(graph.calls[0]?.json).toMatchObject({ message: { quick_replies: { length: 13 } } });
  });

  it("sends a file with its bytes", async () => {
    const sent = await send(file());

    const form = graph.calls[0]?.form;
    expect(sent.externalId).toBe("m_1");
    expect(JSON.parse(String(form?.message))).toMatchObject({ attachment: { type: "file" } });
    expect(form?.filedata).toMatchObject({ name: "invoice.pdf", type: "application/pdf", size: 5 });
  });

  it("keeps the words beside a file by sending them with its link", async () => {
    await send(file({ caption: "Your invoice" }));

    expect(graph.calls).toMatchObject([
      { json: { message: { text: "Your invoice\nhttps://help.example.com/files/1" } } },
    ]);
  });

  it("has no templates", async () => {
    const attempt = send({ type: "template", name: "hello", language: "en", values: [] });

    expect(await failureOf(attempt)).toMatchObject({ kind: "permanent" });
    expect(graph.calls).toEqual([]);
  });
});

describe("who may still answer on Messenger", () => {
  it.each([
    ["an operator within a day", "operator", 23, "RESPONSE", undefined],
    ["an operator after a day", "operator", 25, "MESSAGE_TAG", "HUMAN_AGENT"],
    ["an operator after nearly a week", "operator", 167, "MESSAGE_TAG", "HUMAN_AGENT"],
    ["an operator after a week", "operator", 169, "RESPONSE", undefined],
    ["the agent after a day, which must never pass as a person", "agent", 25, "RESPONSE", undefined],
    ["the system after a day", "system", 25, "RESPONSE", undefined],
  ] as const)("%s", async (_, author, hours, messaging_type, tag) => {
    await send(text(), { author, lastCustomerAt: hoursAgo(hours) });

    const { json } = graph.calls[0] ?? {};
    expect(json).toMatchObject({ messaging_type, ...(tag !== undefined && { tag }) });
    if (tag === undefined) expect(json).not.toHaveProperty("tag");
  });

  it("sends a person's file under the tag too", async () => {
    await send(file(), { author: "operator", lastCustomerAt: hoursAgo(25) });

    expect(graph.calls[0]?.form).toMatchObject({ messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
  });
});

describe("what Messenger refuses", () => {
  it.each([
    [{ status: 400, code: 10, subcode: 2018278 }, "permanent", /wrote too long ago/],
    [{ status: 400, code: 100, subcode: 2018001 }, "permanent", /does not know this person/],
    [{ status: 400, code: 551, subcode: 1545041 }, "permanent", /receives no messages/],
    [{ status: 403, code: 200 }, "permanent", /no permission/],
    [{ status: 400, code: 368 }, "permanent", /breach of its policies/],
    [{ status: 400, code: 424242 }, "permanent", /refused this \(424242\)/],
    [{ status: 400, code: 613 }, "passing", /limit/],
    [{ status: 500, code: 1200 }, "passing", /for the moment/],
    [{ status: 401, code: 190 }, "revoked", /connect the channel again/],
    [{ status: 500, code: 1, subcode: 1357046 }, "unknown", /not known whether it arrived/],
    [{ status: 503 }, "unknown", /not known whether it arrived/],
    ["cut", "unknown", /not known whether it arrived/],
  ] as const)("reads %j as %s", async (trouble, kind, said) => {
    graph.meets(trouble);

    const failure = await failureOf(send());

    expect(failure).toMatchObject({ kind, message: expect.stringMatching(said) });
    for (const secret of [config.pageAccessToken, psid, words]) expect(failure.message).not.toContain(secret);
  });

  it("waits as long as it is asked to", async () => {
    graph.meets({ status: 429, code: 4, headers: { "retry-after": "17" } });

    expect(await failureOf(send())).toMatchObject({ kind: "passing", retryAfter: 17 });
  });

  it("knows that nothing was sent where nobody listens", async () => {
    await graph.close();

    expect(await failureOf(send())).toMatchObject({ kind: "passing" });
  });
});

describe("signs to a Messenger customer", () => {
  it("shows that an answer is being written, and that their words were seen", async () => {
    await messenger.typing?.(thread, config, graph.outside);
    await messenger.markRead?.(thread, "m_1", config, graph.outside);

    expect(graph.calls.map(({ json }) => json)).toEqual([
      { recipient: { id: psid }, sender_action: "typing_on" },
      { recipient: { id: psid }, sender_action: "mark_seen" },
    ]);
  });
});

describe("a Messenger customer's name", () => {
  it("is what Messenger tells", async () => {
    graph.names.set(psid, { id: psid, first_name: "Ada", last_name: "Lovelace" });

    expect(await messenger.profile?.(psid, config, graph.outside)).toEqual({ name: "Ada Lovelace" });
  });

  it.each([
    ["is told of nobody", { id: psid }],
    ["may not be asked", undefined],
  ])("stays unknown when it %s", async (_, told) => {
    if (told !== undefined) graph.names.set(psid, told);

    expect(await messenger.profile?.(psid, config, graph.outside)).toBeUndefined();
  });
});

describe("a file of a Messenger customer", () => {
  const download = (url: string, outside = graph.outside) =>
    messenger.download?.({ type: "image", locator: { url } }, config, outside);

  it("is fetched without showing anyone the token", async () => {
    graph.files.set("tent.jpg", { bytes: Buffer.from("a tent"), mediaType: "image/jpeg" });

    const file = await download(`${graph.url}/files/tent.jpg`);

    expect(file).toEqual({ bytes: Buffer.from("a tent"), mediaType: "image/jpeg", name: "tent.jpg" });
    expect(graph.calls[0]?.authorization).toBeUndefined();
  });

  it("is not fetched from a foreign host", async () => {
    const foreign = await startForeignHost();
    onTestFinished(foreign.close);
    const outside = { ...graph.outside, privateHosts: [foreign.host] };
    graph.files.set("lure", { bytes: Buffer.alloc(0), mediaType: "image/jpeg", redirect: foreign.url });

    expect(await failureOf(download(foreign.url, outside))).toMatchObject({ code: "foreign_host" });
    expect(await failureOf(download(`${graph.url}/files/lure`))).toMatchObject({ kind: "permanent" });
    expect(foreign.seen).toEqual([]);
  });

  it("is told to be gone when its address has ended", async () => {
    expect(await failureOf(download(`${graph.url}/files/gone`))).toMatchObject({
      kind: "permanent",
      message: "Messenger no longer gives the file.",
    });
  });
});

describe("a Messenger connection that is tried", () => {
  const check = (change: object = {}) => messenger.check({ ...config, ...change }, graph.outside);

  it("names its Page when all is well, and says where to enter our address", async () => {
    const place = { webhookUrl: "https://help.example.com/hook" };
    const made = await messenger.setup?.(config, place, graph.outside);

    expect(made?.lines.map(({ text: line }) => line).join()).toContain(place.webhookUrl);
    expect(await check()).toMatchObject({ ok: true, account: "Lucky Shrub" });
  });

  it.each([
    ["a refused token", { pageAccessToken: "another" }, /connect the channel again/],
    ["another Page's token", { pageId: "1" }, /belongs to another Page/],
    ["a wrong app secret", { appSecret: "another" }, /app secret is not that/],
    ["a missing subscription", {}, /not subscribed to all .*message_echoes/],
  ])("finds %s", async (_, change, said) => {
    const report = await check(change);

    expect(report.ok).toBe(false);
    const failed = report.lines.filter(({ ok }) => !ok).map(({ text: line }) => line);
    expect(failed.join()).toMatch(said);
  });
});
