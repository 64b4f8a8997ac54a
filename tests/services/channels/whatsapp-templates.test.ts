import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatsapp } from "#channels/whatsapp/channel";
import { allChannels, DeliveryFailure } from "#services/channels";
import { account, type FakeGraph, startFakeGraph } from "#support/fake-graph";

const config = {
  appSecret: account.appSecret,
  verifyToken: "verify-token",
  accessToken: account.token,
  phoneNumberId: account.phoneNumberId,
  businessAccountId: account.businessAccountId,
};

let graph: FakeGraph;

beforeEach(async () => {
  graph = await startFakeGraph();
});
afterEach(() => graph.close());

const offered = () => whatsapp.templates?.(config, graph.outside) ?? Promise.reject();

const body = (text: string) => ({ type: "BODY", text });
function store(name: string, components: object[], change: object = {}) {
  graph.templates.push({ name, language: "en_US", status: "APPROVED", components, ...change });
}

async function failureOf(attempt: Promise<unknown>): Promise<DeliveryFailure> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  if (error instanceof DeliveryFailure) return error;
  throw new Error("It did not fail.", { cause: error });
}

describe("the templates of a WhatsApp account", () => {
  it("are told with their words and how many values they want", async () => {
    store("order_update", [body("Hi {{1}}, your order {{2}} is on its way, {{1}}.")]);

    expect(await offered()).toEqual([
      {
        name: "order_update",
        language: "en_US",
        body: "Hi {{1}}, your order {{2}} is on its way, {{1}}.",
        values: 2,
      },
    ]);
  });

  it("are told as the customer reads them, heading and small print included", async () => {
    const heading = { type: "HEADER", format: "TEXT", text: "Your order" };
    const buttons = {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Thanks" },
        { type: "URL", text: "Track", url: "https://shop.example/track" },
        { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100" },
      ],
    };
    store("order_sent", [buttons, { type: "FOOTER", text: "Northwind" }, body("It is sent."), heading]);

    expect(await offered()).toMatchObject([{ body: "Your order\n\nIt is sent.\n\nNorthwind", values: 0 }]);
  });

  it("may name their gaps", async () => {
    store("table", [body("A table for {{guests}} on {{day}}.")], { parameter_format: "NAMED" });

    expect(await offered()).toMatchObject([{ body: "A table for {{guests}} on {{day}}.", values: 2 }]);
  });

  it.each([
    ["a picture", { type: "HEADER", format: "IMAGE" }],
    ["a value in the heading", { type: "HEADER", format: "TEXT", text: "Order {{1}}" }],
    [
      "the end of an address",
      { type: "BUTTONS", buttons: [{ type: "URL", text: "Track", url: "https://shop.example/{{1}}" }] },
    ],
    ["a coupon", { type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copy" }] }],
    ["a code", { type: "BUTTONS", buttons: [{ type: "OTP", text: "Copy code" }] }],
    ["cards", { type: "CAROUSEL", cards: [] }],
    ["a kind of part that is new", { type: "HOLOGRAM" }],
  ])("are left out where they want %s", async (_, part) => {
    store("with_more", [part, body("Hello {{1}}")]);
    store("plain", [body("Hello")]);

    expect(await offered()).toMatchObject([{ name: "plain" }]);
  });

  it("are left out where they are not approved, and where they cannot be read", async () => {
    store("waiting", [body("Hello")], { status: "PENDING" });
    store("odd", [body("Hello")], { language: undefined });
    store("no_body", [{ type: "FOOTER", text: "Northwind" }]);

    expect(await offered()).toEqual([]);
  });

  it("come from every page, in the order of their names, and the token leaves with none of them", async () => {
    for (const name of ["e", "d", "c", "b", "a"]) store(name, [body("Hello")]);

    expect((await offered()).map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e"]);
    expect(graph.calls.map(({ query }) => query)).toEqual([
      { status: "APPROVED", fields: "name,language,components,status", limit: "100" },
      expect.objectContaining({ after: "2" }),
      expect.objectContaining({ after: "4" }),
    ]);
    expect(JSON.stringify(graph.calls.map(({ query }) => query))).not.toContain(account.token);
  });

  it("are read for a few pages only, however many there are", async () => {
    for (let number = 0; number < 30; number += 1) store(`t${number}`, [body("Hello")]);

    expect(await offered()).toHaveLength(10);
    expect(graph.calls).toHaveLength(5);
  });

  it("are not told where the token may only send, which says nothing against the token", async () => {
    graph.meets({ status: 403, code: 200 });

    const failure = await failureOf(offered());

    expect(failure).toMatchObject({ kind: "permanent", message: expect.stringMatching(/may not read/) });
  });

  it.each([
    ["cut" as const, "passing"],
    [{ status: 502 }, "passing"],
    [{ status: 401, code: 190 }, "revoked"],
  ])("are not told after %j, which is %s", async (trouble, kind) => {
    graph.meets(trouble);

    expect(await failureOf(offered())).toMatchObject({ kind });
  });
});

describe("a template that names its gaps", () => {
  it("is sent with the name of each value", async () => {
    await whatsapp.send(
      {
        key: "0199aaaa-0000-7000-8000-000000000001",
        thread: { key: "1", kind: "direct", address: { to: "16505551234" } },
        author: "operator",
        content: {
          type: "template",
          name: "table",
          language: "en_US",
          values: ["4", "Saturday"],
          names: ["guests", "day"],
        },
        lastCustomerAt: undefined,
      },
      config,
      graph.outside,
    );

    expect(graph.calls[0]?.json).toMatchObject({
      template: {
        components: [
          {
            parameters: [
              { parameter_name: "guests", text: "4" },
              { parameter_name: "day", text: "Saturday" },
            ],
          },
        ],
      },
    });
  });
});

it("tells its templates, each channel that has any", () => {
  for (const { name, can, templates } of allChannels)
    expect([name, templates !== undefined]).toEqual([name, can.template]);
});
