import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { telegram } from "#channels/telegram/channel";
import type { RemoteFile } from "#contracts/channel";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";

const config = { botToken: "7000000001:AA-secret_key", webhookSecret: "hook-secret" };

let fake: FakeTelegram;
beforeEach(async () => {
  fake = await startFakeTelegram(config.botToken);
});
afterEach(() => fake.close());

describe("Telegram hands out files", () => {
  const asked = (change: Partial<RemoteFile> = {}): RemoteFile => ({
    type: "document",
    locator: { fileId: "f1" },
    ...change,
  });
  const download = (given: RemoteFile = asked()) => telegram.download?.(given, config, fake.outside);

  it("by their id, under the name that the message gave", async () => {
    fake.files.set("f1", { path: "documents/file 1.pdf", bytes: Buffer.from("%PDF-") });

    const named = await download(asked({ name: "invoice.pdf", mediaType: "application/pdf" }));
    const unnamed = await download();

    const bytes = Buffer.from("%PDF-");
    expect(named).toEqual({ bytes, mediaType: "application/pdf", name: "invoice.pdf" });
    expect(unnamed).toEqual({ bytes, mediaType: undefined, name: "file 1.pdf" });
  });

  it.each(["/etc/passwd", "../../other", "a/../../b", "https://evil.example/x", ""])(
    "never from %j",
    async (path) => {
      fake.files.set("f1", { path, bytes: Buffer.from("secret") });

      await expect(download()).rejects.toMatchObject({ kind: "permanent" });
    },
  );

  it("never over a redirect, which would carry the token to another host", async () => {
    const seen: string[] = [];
    const lure = createServer((request, response) => {
      seen.push(request.url ?? "");
      response.end("lured");
    });
    await new Promise<void>((done) => lure.listen(0, "127.0.0.1", done));
    const { port } = lure.address() as AddressInfo;
    fake.outside.privateHosts = [...fake.outside.privateHosts, `127.0.0.1:${port}`];
    fake.files.set("f1", { path: "a/b.bin", redirect: `http://127.0.0.1:${port}/` });

    await expect(download()).rejects.toMatchObject({ kind: "permanent", code: "http_302" });

    lure.close();
    expect(seen).toEqual([]);
  });

  it("only up to twenty megabytes", async () => {
    fake.files.set("f1", { path: "a/b.bin", bytes: Buffer.alloc(20 * 1024 * 1024 + 1) });

    await expect(download()).rejects.toMatchObject({ kind: "permanent", code: "too_large" });
  });

  it("later, where the connection was cut: nothing is done twice by reading again", async () => {
    fake.play({ is: "cut" });

    await expect(download()).rejects.toMatchObject({ kind: "passing" });
  });

  it("and says why it does not", async () => {
    fake.files.set("f1", { path: "a/b.bin", bytes: Buffer.from("x") });
    fake.play({ is: "refusal", status: 400, description: "Bad Request: file is too big" });

    await expect(download()).rejects.toMatchObject({
      kind: "permanent",
      message: "The file is larger than Telegram takes.",
    });
  });
});

describe("Telegram is set up", () => {
  const webhookUrl = "https://help.example.com/api/webhooks/c/a/telegram/w";

  it("by telling whose token it is", async () => {
    const report = await telegram.check({ ...config, botUsername: "acmebot" }, fake.outside);

    expect(report).toEqual({
      ok: true,
      account: "@AcmeBot",
      lines: [{ ok: true, text: "The token belongs to @AcmeBot." }],
    });
  });

  it("with a warning where the username is another bot's", async () => {
    const report = await telegram.check({ ...config, botUsername: "other_bot" }, fake.outside);

    expect(report).toMatchObject({ ok: false, lines: [{ ok: true }, { ok: false }] });
  });

  it("with a plain word where the token is wrong", async () => {
    const report = await telegram.check({ ...config, botToken: "1:wrong" }, fake.outside);

    const line = { ok: false, text: "Telegram does not accept the bot token: enter a new one." };
    expect(report).toEqual({ ok: false, lines: [line] });
  });

  it("with a plain word where nothing comes back", async () => {
    fake.play({ is: "cut" });

    const report = await telegram.check(config, fake.outside);

    expect(report).toEqual({
      ok: false,
      lines: [{ ok: false, text: "Telegram does not answer right now." }],
    });
  });

  it("by asking for all that it reads, under its secret", async () => {
    fake.webhook = { url: "", pending_update_count: 3, last_error_message: "Connection timed out" };

    const report = await telegram.setup?.(config, { webhookUrl }, fake.outside);

    expect(fake.calls[0]).toMatchObject({
      method: "setWebhook",
      fields: {
        url: webhookUrl,
        secret_token: "hook-secret",
        allowed_updates: expect.arrayContaining(["message", "message_reaction", "my_chat_member"]),
      },
    });
    expect(fake.calls.find(({ method }) => method === "setMyCommands")).toMatchObject({
      fields: { commands: [{ command: "start" }, { command: "human" }] },
    });
    expect(report).toEqual({
      ok: true,
      lines: [
        { ok: true, text: "Telegram delivers to Baton now." },
        { ok: true, text: "Deliveries that wait: 3." },
        { ok: false, text: "The last failed delivery: Connection timed out." },
      ],
    });
  });

  it("not, where Telegram refuses the address, and says what to set", async () => {
    const report = await telegram.setup?.(config, { webhookUrl: "http://localhost:3000/x" }, fake.outside);

    expect(report).toMatchObject({
      ok: false,
      lines: [{ text: "Telegram refused this (400)." }, { ok: false }],
    });
    expect(report?.lines[1]?.text).toContain("known as http://localhost:3000: set PUBLIC_BASE_URL");
    expect(fake.webhook.url).toBe("");
  });

  it("and tells the name of a person", async () => {
    expect(await telegram.profile?.("5000000001", config, fake.outside)).toEqual({ name: "Ada Byron" });
  });
});
