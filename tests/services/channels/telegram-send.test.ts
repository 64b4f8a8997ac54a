import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { telegram } from "#channels/telegram/channel";
import type { Thread } from "#contracts/channel";
import type { Outgoing, OutgoingContent } from "#services/channels";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";

const config = { botToken: "7000000001:AA-secret_key", webhookSecret: "hook-secret" };
const thread: Thread = { key: "5000000001", kind: "direct", address: { chatId: "5000000001" } };
const secretWords = "My card number is secret";

let fake: FakeTelegram;
beforeEach(async () => {
  fake = await startFakeTelegram(config.botToken);
});
afterEach(() => fake.close());

const text = (words = "<b>Hello</b> Ada", plain = "Hello Ada"): OutgoingContent => ({
  type: "text",
  text: words,
  plain,
});

const file = (change: Partial<Extract<OutgoingContent, { type: "file" }>> = {}): OutgoingContent => ({
  type: "file",
  kind: "document",
  name: "invoice.pdf",
  mediaType: "application/pdf",
  bytes: Buffer.from("%PDF-"),
  url: "https://help.example.com/files/1",
  ...change,
});

const outgoing = (content: OutgoingContent, change: Partial<Outgoing> = {}): Outgoing => ({
  key: "9f1c1f0e-0000-4000-8000-000000000001",
  thread,
  author: "agent",
  content,
  lastCustomerAt: undefined,
  ...change,
});

const send = (content: OutgoingContent, change: Partial<Outgoing> = {}) =>
  telegram.send(outgoing(content, change), config, fake.outside);

const everythingOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.stack} ${JSON.stringify({ ...error })} ${everythingOf(error.cause)}`
    : String(error);

describe("Telegram sends", () => {
  it("a formatted text to its chat, and names it as reactions will", async () => {
    const sent = await send(text());

    expect(sent).toEqual({ externalId: "5000000001:101" });
    expect(fake.calls).toMatchObject([
      {
        method: "sendMessage",
        fields: { chat_id: "5000000001", text: "<b>Hello</b> Ada", parse_mode: "HTML" },
      },
    ]);
  });

  it("the same words without formatting where Telegram cannot read it", async () => {
    const sent = await send(text("<h1>Hello</h1> Ada"));

    expect(sent.externalId).toBe("5000000001:101");
    expect(fake.calls).toHaveLength(2);
    expect(fake.calls[1]?.fields).toEqual({ chat_id: "5000000001", text: "Hello Ada" });
  });

  it("an answer to a message, which may be gone by then", async () => {
    await send(text(), { replyToId: "5000000001:42" });

    const reply = { message_id: 42, allow_sending_without_reply: true };
    expect(fake.calls[0]?.fields.reply_parameters).toEqual(reply);
  });

  it.each(["callback:77", "5000000002:42"])(
    "no answer to %s, which is no message of this chat",
    async (id) => {
      await send(text(), { replyToId: id });

      expect(fake.calls[0]?.fields).not.toHaveProperty("reply_parameters");
    },
  );

  it("into the topic of a forum", async () => {
    await send(text(), { thread: { ...thread, address: { chatId: "5000000001", topicId: "7" } } });

    expect(fake.calls[0]?.fields.message_thread_id).toBe(7);
  });

  it("buttons beneath each other, also with an id that is longer than Telegram takes", async () => {
    const buttons = [
      { id: "yes", title: "Yes" },
      { id: "ü".repeat(40), title: "No" },
    ];

    await send({ type: "text", text: "Solved?", plain: "Solved?", buttons });

    expect(fake.calls[0]?.fields.reply_markup).toMatchObject({
      inline_keyboard: [[{ text: "Yes", callback_data: "yes" }], [{ text: "No" }]],
    });
  });

  it.each([
    ["image/png", "sendPhoto", "photo"],
    ["image/svg+xml", "sendDocument", "document"],
    ["audio/ogg; codecs=opus", "sendVoice", "voice"],
    ["audio/mpeg", "sendAudio", "audio"],
    ["video/mp4", "sendVideo", "video"],
    ["video/quicktime", "sendDocument", "document"],
    ["application/pdf", "sendDocument", "document"],
  ])("%s by %s", async (mediaType, method, field) => {
    await send(file({ mediaType, name: "a.bin", caption: "Look" }), { replyToId: "5000000001:42" });

    expect(fake.calls).toMatchObject([
      { method, fields: { caption: "Look" }, files: { [field]: { name: "a.bin", size: 5 } } },
    ]);
    expect(fake.calls[0]?.fields.reply_parameters).toContain('"message_id":42');
  });

  it("a picture of more than ten megabytes as a document", async () => {
    await send(file({ kind: "image", mediaType: "image/png", bytes: Buffer.alloc(10 * 1024 * 1024 + 1) }));

    expect(fake.calls.map(({ method }) => method)).toEqual(["sendDocument"]);
  });

  it("a picture that Telegram takes for no photo as a document", async () => {
    fake.play({ is: "refusal", status: 400, description: "Bad Request: PHOTO_INVALID_DIMENSIONS" });

    await send(file({ kind: "image", mediaType: "image/png" }));

    expect(fake.calls.map(({ method }) => method)).toEqual(["sendPhoto", "sendDocument"]);
  });

  it("a file whose name would break out of its header", async () => {
    await send(file({ name: 'a"\r\nX-Evil: 1\r\n\r\n.pdf' }));

    expect(fake.calls[0]?.files.document?.name).toBe("a___X-Evil: 1____.pdf");
  });

  it("that somebody writes", async () => {
    await telegram.typing?.(thread, config, fake.outside);

    expect(fake.calls).toMatchObject([
      { method: "sendChatAction", fields: { chat_id: "5000000001", action: "typing" } },
    ]);
  });
});

describe("Telegram tells why a part did not arrive", () => {
  it("passing, with the wait that Telegram asks for", async () => {
    const description = "Too Many Requests: retry after 17";
    fake.play({ is: "refusal", status: 429, description, parameters: { retry_after: 17 } });

    await expect(send(text())).rejects.toMatchObject({ kind: "passing", code: "429", retryAfter: 17 });
  });

  it.each([
    [403, "Forbidden: bot was blocked by the user", "permanent", "The customer has blocked the bot."],
    [403, "Forbidden: user is deactivated", "permanent", "The customer's Telegram account no longer exists."],
    [
      403,
      "Forbidden: bot was kicked from the group chat",
      "permanent",
      "The bot is no longer in this group.",
    ],
    [400, "Bad Request: chat not found", "permanent", "Telegram does not know this chat any more."],
    [400, "Bad Request: message is too long", "permanent", "The text is longer than Telegram takes."],
    [400, "Bad Request: something new", "permanent", "Telegram refused this (400)."],
    [401, "Unauthorized", "revoked", "Telegram does not accept the bot token: enter a new one."],
    [503, "Service Unavailable", "passing", "Telegram is not available right now."],
    [500, "Internal Server Error", "unknown", "Telegram failed, so it is not known whether it arrived."],
  ])("%i %s as %s", async (status, description, kind, words) => {
    fake.play({ is: "refusal", status, description });

    await expect(send(text())).rejects.toMatchObject({ kind, message: words });

    expect(fake.calls).toHaveLength(1);
  });

  it("permanent, where the group has moved", async () => {
    const description = "Bad Request: group chat was upgraded to a supergroup chat";
    fake.play({ is: "refusal", status: 400, description, parameters: { migrate_to_chat_id: -100 } });

    await expect(send(text())).rejects.toMatchObject({ kind: "permanent", code: "400:migrated" });
  });

  it("unknown, where the connection was cut after the request had left", async () => {
    fake.play({ is: "cut" });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });
  });

  it("unknown, where no answer comes in time", async () => {
    fake.play({ is: "late", ms: 5_000 });
    const soon = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const given = new AbortController();
      setTimeout(() => given.abort(), 50);
      return given.signal;
    });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });

    soon.mockRestore();
  });

  it("unknown, where something else than Telegram answered", async () => {
    fake.play({ is: "page", status: 200, body: "<html>Welcome</html>" });

    await expect(send(text())).rejects.toMatchObject({ kind: "unknown" });
  });

  it("passing, where nobody listens", async () => {
    await fake.close();

    await expect(send(text())).rejects.toMatchObject({ kind: "passing", code: "ECONNREFUSED" });
  });

  it("permanent for a template, which Telegram does not know", async () => {
    const template: OutgoingContent = { type: "template", name: "hello", language: "en", values: [] };

    await expect(send(template)).rejects.toMatchObject({ kind: "permanent" });
    expect(fake.calls).toEqual([]);
  });

  it("revoked, where the token is another bot's", async () => {
    const other = { ...config, botToken: "7000000009:AA-other" };

    const sent = telegram.send(outgoing(text()), other, fake.outside);

    await expect(sent).rejects.toMatchObject({ kind: "revoked" });
  });

  it.each([
    { is: "cut" } as const,
    { is: "page", status: 400, body: "nginx" } as const,
    { is: "refusal", status: 500, description: "Oops" } as const,
    { is: "refusal", status: 400, description: `Bad Request: ${secretWords}` } as const,
  ])("with neither the token nor the words of the message: $is", async (play) => {
    fake.play(play);

    const failure = await send(text(secretWords, secretWords)).catch((error: unknown) => error);

    expect(everythingOf(failure)).not.toMatch(/AA-secret_key|card number/);
  });
});
