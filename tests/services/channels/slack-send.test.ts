import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { slack } from "#channels/slack/channel";
import type { Outgoing, OutgoingContent, Outside } from "#services/channels";
import { type FakeSlack, type SlackFault, startFakeSlack, worldWithSlack } from "#support/fake-slack";

const config = { signingSecret: "secret", botToken: "xoxb-fake-token", teamId: "T0COMPANY01" };
const thread = {
  key: "C0GENERAL01:1700000000.000100",
  kind: "group" as const,
  address: { channel: "C0GENERAL01", threadTs: "1700000000.000100" },
};
let server: FakeSlack;
let outside: Outside;

beforeAll(async () => {
  server = await startFakeSlack();
});

beforeEach(() => {
  server.forget();
  outside = worldWithSlack(`${server.origin}/api`, [server.privateHost]);
});

afterAll(async () => {
  await server.close();
});

function part(content: OutgoingContent, more: Partial<Outgoing> = {}): Outgoing {
  const key = "0190a5a1-1822-714e-8621-32d561648aa0";
  return { key, thread, author: "agent", content, lastCustomerAt: undefined, ...more };
}

function words(text: string, buttons?: { id: string; title: string }[]): OutgoingContent {
  return { type: "text", text, plain: text, buttons };
}

const picture = {
  type: "file" as const,
  kind: "image" as const,
  name: "label.png",
  mediaType: "image/png",
  bytes: Buffer.from("the picture"),
  url: "https://desk.example/files/1",
};

describe("a text to Slack", () => {
  it("goes into the thread it answers, and comes back with Slack's id", async () => {
    const sent = await slack.send(part(words("*Hello* &amp; welcome")), config, outside);

    expect(sent).toEqual({ externalId: "C0GENERAL01:1700000100.000100" });
    expect(server.calls).toMatchObject([
      {
        method: "chat.postMessage",
        fields: {
          channel: "C0GENERAL01",
          text: "*Hello* &amp; welcome",
          thread_ts: "1700000000.000100",
          client_msg_id: "0190a5a1-1822-714e-8621-32d561648aa0",
          unfurl_links: "false",
          unfurl_media: "false",
        },
      },
    ]);
  });

  it("stays in the main view of a direct talk", async () => {
    const talk = { key: "D0DIRECT001", kind: "direct" as const, address: { channel: "D0DIRECT001" } };

    await slack.send(
      part(words("Hi"), { thread: talk, replyToId: "D0DIRECT001:1700000000.000100" }),
      config,
      outside,
    );

    expect(server.calls[0]?.fields).not.toHaveProperty("thread_ts");
  });

  it("reaches the writer of a slash command in person", async () => {
    const alone = { key: "U0CUSTOMER1", kind: "direct" as const, address: { channel: "U0CUSTOMER1" } };

    const sent = await slack.send(part(words("Hi"), { thread: alone }), config, outside);

    expect(sent.externalId).toBe("D0DIRECT001:1700000100.000100");
  });

  it("calls nobody but those it names", async () => {
    const loud =
      "<!channel> <!here|here> <!everyone> <!subteam^S1|@sales> <@U0CUSTOMER1> <https://a.example|a>";

    await slack.send(part(words(loud, [{ id: "a", title: "A" }])), config, outside);

    const calm =
      "&lt;!channel&gt; &lt;!here|here&gt; &lt;!everyone&gt; &lt;!subteam^S1|@sales&gt; <@U0CUSTOMER1> <https://a.example|a>";
    expect(server.calls[0]?.fields.text).toBe(calm);
    expect(JSON.parse(server.calls[0]?.fields.blocks ?? "")[0].text.text).toBe(calm);
  });

  it("shows as many buttons as it says, under the longest text it says", async () => {
    const { max = 0, titleLength = 0 } = slack.can.buttons ?? {};
    const buttons = Array.from({ length: max }, (_, index) => ({
      id: `${index}`,
      title: "x".repeat(titleLength),
    }));

    await slack.send(part(words("y".repeat(slack.can.maxLength), buttons)), config, outside);

    const blocks = JSON.parse(server.calls[0]?.fields.blocks ?? "[]");
    expect(blocks[1].elements).toHaveLength(max);
    expect(blocks[1].elements[3]).toMatchObject({ type: "button", value: "3" });
  });

  it("is refused as a template", async () => {
    const template = { type: "template" as const, name: "x", language: "en", values: [] };

    await expect(slack.send(part(template), config, outside)).rejects.toMatchObject({ kind: "permanent" });
  });
});

describe("a file to Slack", () => {
  it("is put where Slack says and shared into the thread with its words", async () => {
    const sent = await slack.send(part({ ...picture, caption: "Your label <!here>" }), config, outside);

    expect(server.uploads.get(sent.externalId)).toEqual(picture.bytes);
    expect(server.calls.at(-1)).toMatchObject({
      method: "files.completeUploadExternal",
      fields: {
        files: JSON.stringify([{ id: sent.externalId, title: "label.png" }]),
        channel_id: "C0GENERAL01",
        thread_ts: "1700000000.000100",
        initial_comment: "Your label &lt;!here&gt;",
      },
    });
  });

  it("bears its message's id where Slack already knows it", async () => {
    server.sharesAtOnce = true;

    const sent = await slack.send(part(picture), config, outside);

    expect(sent.externalId).toBe("C0GENERAL01:1700000100.000200");
  });

  it("reaches a person too", async () => {
    const alone = { key: "U0CUSTOMER1", kind: "direct" as const, address: { channel: "U0CUSTOMER1" } };

    await slack.send(part(picture, { thread: alone }), config, outside);

    expect(server.calls.at(-1)?.fields.channels).toBe("U0CUSTOMER1");
  });

  it.each([
    ["files.getUploadURLExternal", "passing"],
    ["upload", "passing"],
    ["files.completeUploadExternal", "unknown"],
  ])("cut off at %s is %s: nobody sees a file before it is shared", async (method, kind) => {
    server.failNext(method, { kind: "cut" });

    await expect(slack.send(part(picture), config, outside)).rejects.toMatchObject({ kind });
  });
});

describe("a failure of Slack", () => {
  const cases: [string, SlackFault, Record<string, unknown>][] = [
    ["a rate limit", { kind: "rate-limited", retryAfter: 17 }, { kind: "passing", retryAfter: 17 }],
    ["a rate limit without a wait", { kind: "rate-limited" }, { kind: "passing", code: "ratelimited" }],
    ["an absent server", { kind: "status", status: 503 }, { kind: "passing", code: "http_503" }],
    ["a broken server", { kind: "status", status: 500 }, { kind: "unknown", code: "http_500" }],
    ["a lost answer", { kind: "cut" }, { kind: "unknown" }],
    ["a proxy's page", { kind: "status", status: 200, body: "<html>my words</html>" }, { kind: "unknown" }],
    [
      "an answer that names no message",
      { kind: "status", status: 200, body: '{"ok":true}' },
      { kind: "unknown" },
    ],
    [
      "a failure halfway",
      { kind: "refused", error: "fatal_error" },
      { kind: "unknown", code: "fatal_error" },
    ],
    ["a gone token", { kind: "refused", error: "token_revoked" }, { kind: "revoked", code: "token_revoked" }],
    ["a closed account", { kind: "refused", error: "account_inactive" }, { kind: "revoked" }],
    [
      "an archive",
      { kind: "refused", error: "is_archived" },
      { kind: "permanent", message: "The channel is archived." },
    ],
    [
      "a missing permission",
      { kind: "refused", error: "missing_scope", needed: "chat:write" },
      { kind: "permanent", message: "The Slack app lacks a permission: chat:write." },
    ],
    ["a code of tomorrow", { kind: "refused", error: "new_rule" }, { kind: "permanent", code: "new_rule" }],
  ];

  it.each(cases)("is told apart: %s", async (_, fault, expected) => {
    server.failNext("chat.postMessage", fault);

    const failure = await slack
      .send(part(words("my words")), config, outside)
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: "DeliveryFailure", ...expected });
    expect(String(failure)).not.toMatch(/my words|xoxb/);
    expect(server.calls).toHaveLength(1);
  });

  it("is unknown where the answer comes too late", async () => {
    const soon = AbortSignal.timeout(100);
    const clock = vi.spyOn(AbortSignal, "timeout").mockReturnValue(soon);
    server.failNext("chat.postMessage", { kind: "late", milliseconds: 400 });

    const late = slack.send(part(words("Hi")), config, outside);

    await expect(late).rejects.toMatchObject({ kind: "unknown" });
    clock.mockRestore();
  });

  it("is passing where nobody listens", async () => {
    const nobody = await startFakeSlack();
    await nobody.close();
    const away = worldWithSlack(`${nobody.origin}/api`, [nobody.privateHost]);

    await expect(slack.send(part(words("Hi")), config, away)).rejects.toMatchObject({ kind: "passing" });
  });

  it("is revoked where Slack does not know the token", async () => {
    const stranger = { ...config, botToken: "xoxb-other" };

    await expect(slack.send(part(words("Hi")), stranger, outside)).rejects.toMatchObject({
      kind: "revoked",
      code: "invalid_auth",
    });
  });

  it("asks no private address that the administrator did not name", async () => {
    const guarded = { ...outside, privateHosts: [] };

    await expect(slack.send(part(words("Hi")), config, guarded)).rejects.toMatchObject({ kind: "permanent" });
    expect(server.calls).toEqual([]);
  });
});
