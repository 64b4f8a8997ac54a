import sharp from "sharp";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { teams } from "#channels/teams/channel";
import type { Thread } from "#contracts/channel";
import { forget } from "#lib/registry";
import type { Outgoing, OutgoingContent } from "#services/channels";
import { startFakeTeams } from "#support/fake-teams";
import { account } from "./payloads/teams.ts";

const fake = await startFakeTeams(account);
const outside = fake.outside();
const { serviceUrl } = fake;

const chat: Thread = {
  key: "a:1pL6i0oY3C0K8",
  kind: "direct",
  address: { serviceUrl, conversationId: "a:1pL6i0oY3C0K8", tenantId: account.tenantId },
};
const channel: Thread = {
  key: "19:253b@thread.tacv2;messageid=1700000000001",
  kind: "group",
  address: { serviceUrl, conversationId: "19:253b@thread.tacv2;messageid=1700000000001" },
};

function part(content: OutgoingContent, fields: Partial<Outgoing> = {}): Outgoing {
  return { key: "part-1", thread: chat, author: "agent", content, lastCustomerAt: undefined, ...fields };
}

const text = (words: string, buttons?: { id: string; title: string }[]): OutgoingContent => ({
  type: "text",
  text: words,
  plain: words.replaceAll("*", ""),
  ...(buttons === undefined ? {} : { buttons }),
});

async function image(side: number, fields: Partial<Extract<OutgoingContent, { type: "file" }>> = {}) {
  const blank = { width: side, height: side, channels: 3, background: "#0af" } as const;
  const bytes = await sharp({ create: blank }).png().toBuffer();
  const url = "https://baton.example/files/receipt.png?signature=1";
  return {
    type: "file",
    kind: "image",
    name: "receipt.png",
    mediaType: "image/png",
    bytes,
    url,
    ...fields,
  } as const;
}

beforeEach(() => {
  fake.written.length = 0;
  fake.asked.tokens = 0;
});
afterEach(() => {
  forget("teams.tokens");
  fake.faults.length = 0;
  fake.broken.login = undefined;
  expect(fake.problems).toEqual([]);
});
afterAll(() => fake.close());

const send = (outgoing: Outgoing, config = account) => teams.send(outgoing, config, outside);

describe("Teams", () => {
  it("takes a text as Markdown and names it within its conversation", async () => {
    const sent = await send(part(text("Your **order** is on its way.")));
    expect(fake.written).toMatchObject([
      {
        path: `/connector/v3/conversations/${chat.key}/activities`,
        body: { type: "message", textFormat: "markdown", text: "Your **order** is on its way." },
      },
    ]);
    expect(sent.externalId).toMatch(/^a:1pL6i0oY3C0K8\|\d+$/);
  });

  it("shows buttons in one card that carries their ids back", async () => {
    const buttons = [
      { id: "human", title: "Talk to a person" },
      { id: "bye", title: "That is all" },
    ];
    await send(part(text("**Anything** else?", buttons)));
    const submit = (id: string, title: string) => ({
      type: "Action.Submit",
      title,
      data: { msteams: { type: "messageBack", text: title, displayText: title, value: { buttonId: id } } },
    });
    expect(fake.written[0]?.body).toMatchObject({
      summary: "Anything else?",
      attachments: [
        {
          content: {
            type: "AdaptiveCard",
            body: [{ type: "TextBlock", text: "**Anything** else?", wrap: true }],
            actions: [submit("human", "Talk to a person"), submit("bye", "That is all")],
          },
        },
      ],
    });
  });

  it("keeps an answer in its thread of a channel, beside the message it answers", async () => {
    const replyToId = `${channel.key}|1700000000123`;
    await send(part(text("Hello"), { thread: channel, replyToId }));
    expect(fake.written[0]).toMatchObject({
      path: `/connector/v3/conversations/${channel.key}/activities/1700000000123`,
      body: { replyToId: "1700000000123" },
    });
  });

  it("passes over a reply to a message of elsewhere, and in a chat of two", async () => {
    await send(part(text("Hello"), { thread: channel, replyToId: "19:else@thread.tacv2|17" }));
    await send(part(text("Hello"), { replyToId: `${chat.key}|17` }));
    expect(fake.written.map(({ path }) => path.endsWith("/activities"))).toEqual([true, true]);
  });

  it("is shown a small picture in the message itself", async () => {
    await send(part(await image(64)));
    expect(fake.written[0]?.body).toMatchObject({
      attachments: [{ contentType: "image/png", name: "receipt.png" }],
    });
    expect(fake.written[0]?.body).toHaveProperty(
      ["attachments", 0, "contentUrl"],
      expect.stringMatching(/^data:image\/png;base64,iVBOR/),
    );
  });

  it("gives a captioned picture, which becomes two messages without a name, the name of the part", async () => {
    const sent = await send(part(await image(64, { caption: "Your receipt" })));
    expect(sent.externalId).toBe(`${chat.key}|part-1`);
  });

  it.each<[string, () => ReturnType<typeof image>]>([
    ["a picture larger than 1024 pixels", () => image(1_025)],
    ["a picture of a type that Teams does not show", () => image(8, { mediaType: "image/webp" })],
    ["a picture that is none", () => image(8, { bytes: Buffer.from("no picture") })],
    ["a document", () => image(8, { kind: "document", mediaType: "application/pdf", name: "receipt.png" })],
  ])("is given a link to %s", async (_, file) => {
    await send(part({ ...(await file()), caption: "Here it is" }));
    expect(fake.written[0]?.body).toMatchObject({
      text: "Here it is\n\n[receipt.png](https://baton.example/files/receipt.png?signature=1)",
    });
    expect(fake.written[0]?.body).not.toHaveProperty("attachments");
  });

  it("is told of typing", async () => {
    await teams.typing?.(chat, account, outside);
    expect(fake.written[0]?.body).toEqual({ type: "typing" });
  });

  it("is sent no template", async () => {
    const template: OutgoingContent = { type: "template", name: "hello", language: "en", values: [] };
    await expect(send(part(template))).rejects.toMatchObject({ kind: "permanent", code: "no_templates" });
    expect(fake.written).toEqual([]);
  });
});

describe("A part that Teams does not take", () => {
  it.each([
    [412, "PreconditionFailed", "passing"],
    [429, "Throttled", "passing"],
    [502, "ServiceError", "passing"],
    [503, "ServiceError", "passing"],
    [504, "GatewayTimeout", "passing"],
    [500, "InternalServerError", "unknown"],
    [400, "BadSyntax", "permanent"],
    [403, "ConversationBlockedByUser", "permanent"],
    [403, "BotNotInConversationRoster", "permanent"],
    [403, "BotDisabledByAdmin", "permanent"],
    [403, "SomethingNew", "permanent"],
    [404, "ConversationNotFound", "permanent"],
    [413, "MessageSizeTooBig", "permanent"],
    [401, "BotNotRegistered", "revoked"],
  ])("is asked for once after %i %s, and %s", async (status, code, kind) => {
    fake.faults.push({ status, code }, ...(kind === "revoked" ? [{ status, code }] : []));
    const failure = await send(part(text("Hello"))).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "DeliveryFailure", kind, code });
    expect(fake.written).toEqual([]);
  });

  it("says how long Teams asks to wait", async () => {
    fake.faults.push({ status: 429, code: "Throttled", retryAfter: 17 });
    await expect(send(part(text("Hello")))).rejects.toMatchObject({ kind: "passing", retryAfter: 17 });
  });

  it("tells an operator in plain words, and neither token nor text", async () => {
    fake.faults.push({ status: 403, code: "ConversationBlockedByUser" });
    const failure = await send(part(text("my card is 4111"))).catch((error: unknown) => error);
    expect(failure).toHaveProperty("message", "The customer has blocked the bot in Teams.");
    expect(JSON.stringify(failure)).not.toMatch(/4111|bot-token|client\.secret/);
  });

  it("is unknown when the connection breaks before the answer, and not sent twice", async () => {
    fake.faults.push("cut");
    await expect(send(part(text("Hello")))).rejects.toMatchObject({ kind: "unknown" });
    expect(fake.written).toEqual([]);
  });

  it("was taken when only the answer cannot be read", async () => {
    fake.faults.push("garbage");
    expect(await send(part(text("Hello")))).toEqual({ externalId: `${chat.key}|part-1` });
  });

  it("passes when Teams cannot be reached at all", async () => {
    const gone = await startFakeTeams(account);
    await gone.close();
    const thread = { ...chat, address: { ...chat.address, serviceUrl: gone.serviceUrl } };
    const world = { ...outside, privateHosts: [...outside.privateHosts, ...gone.outside().privateHosts] };
    await expect(teams.send(part(text("Hello"), { thread }), account, world)).rejects.toMatchObject({
      kind: "passing",
    });
  });

  it("does not carry the token along a redirect", async () => {
    const other = await startFakeTeams(account);
    fake.faults.push({ status: 307, location: `${other.serviceUrl}v3/conversations/x/activities` });
    await expect(send(part(text("Hello")))).rejects.toMatchObject({ kind: "permanent" });
    await other.close();
    expect(other.written).toEqual([]);
  });

  it.each([
    ["in a private network", "http://127.0.0.1:9/connector/"],
    ["without encryption", "http://smba.example/teams/"],
    ["that is none", "smba.example"],
  ])("goes to no address %s", async (_, address) => {
    const thread = { ...chat, address: { ...chat.address, serviceUrl: address } };
    await expect(send(part(text("Hello"), { thread }))).rejects.toMatchObject({ code: "service_url" });
    expect(fake.asked.tokens).toBe(0);
  });

  it("goes to no private address that hides behind https", async () => {
    const thread = { ...chat, address: { ...chat.address, serviceUrl: "https://127.0.0.1:9/connector/" } };
    await expect(send(part(text("Hello"), { thread }))).rejects.toMatchObject({ kind: "permanent" });
  });
});

describe("The app's token", () => {
  it("is asked for once for many parts, and again after it ended", async () => {
    let minutes = 0;
    const world = fake.outside(() => new Date(Date.now() + minutes * 60_000));
    await teams.send(part(text("One")), account, world);
    await teams.send(part(text("Two")), account, world);
    expect(fake.asked.tokens).toBe(1);
    minutes = 56;
    await teams.send(part(text("Three")), account, world);
    expect(fake.asked.tokens).toBe(2);
  });

  it("is replaced when the one that was kept is refused, without losing the part", async () => {
    await send(part(text("One")));
    fake.endTokens();
    await send(part(text("Two")));
    expect(fake.written.map(({ body }) => body.text)).toEqual(["One", "Two"]);
  });

  it("of the right secret does not serve a wrong one", async () => {
    await send(part(text("One")));
    const wrong = { ...account, appPassword: "a wrong one" };
    await expect(send(part(text("Two")), wrong)).rejects.toMatchObject({
      kind: "revoked",
      code: "AADSTS7000215",
      message: "Microsoft does not accept the client secret: enter its value, not its ID.",
    });
  });

  it.each([
    [503, { error: "temporarily_unavailable" }],
    [200, "no token"],
  ])("that could not be had now (%i) is a passing failure, as nothing was sent", async (status, body) => {
    fake.broken.login = { status, body };
    await expect(send(part(text("Hello")))).rejects.toMatchObject({ kind: "passing" });
  });
});

describe("A check of the connection", () => {
  it("asks Microsoft for a token each time", async () => {
    expect(await teams.check(account, outside)).toMatchObject({ ok: true, account: account.appId });
    await teams.check(account, outside);
    expect(fake.asked.tokens).toBe(2);
  });

  it.each([
    ["secret", { appPassword: "wrong" }, /client secret/],
    ["app", { appId: "11111111-2222-4333-8444-555555555555" }, /does not know this app/],
    ["organisation", { tenantId: "11111111-2222-4333-8444-555555555555" }, /does not know this organisation/],
  ])("says when the %s is wrong", async (_, wrong, words) => {
    const report = await teams.check({ ...account, ...wrong }, outside);
    expect(report.ok).toBe(false);
    expect(report.lines[0]).toMatchObject({ ok: false, text: expect.stringMatching(words) });
  });

  it("says when deliveries could not be checked", async () => {
    fake.broken.keys = true;
    const report = await teams.check(account, outside);
    fake.broken.keys = false;
    expect(report).toMatchObject({ ok: false, lines: [{ ok: true }, { ok: false }] });
  });
});
