import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import TelegramServer from "telegram-test-api";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { telegram } from "#channels/telegram/channel";
import type { Incoming } from "#contracts/channel";
import { type Outside, outsideOf, type WebhookRequest } from "#services/channels";

const config = { botToken: "666:AA-peer_key", webhookSecret: "hook-secret", botUsername: "TestNameBot" };

let peer: TelegramServer;
let outside: Outside;

beforeEach(async () => {
  peer = new TelegramServer({ port: await freePort(), host: "127.0.0.1" });
  await peer.start();
  outside = {
    now: () => new Date(),
    bases: { ...outsideOf().bases, telegramApi: peer.config.apiURL },
    privateHosts: [new URL(peer.config.apiURL).host],
  };
});
afterEach(() => peer.stop());

it("is known to an independent Bot API by its name", async () => {
  expect(await telegram.check(config, outside)).toMatchObject({ ok: true, account: "@TestNameBot" });
});

it("hears a text, a command and a pressed button, and its answers are seen", async () => {
  const heard: Incoming[] = [];
  const receiver = await receive(heard);
  await telegram.setup?.(config, { webhookUrl: receiver.url }, outside);
  const client = peer.getClient(config.botToken, { userId: 501, chatId: 501, firstName: "Ada" });

  await client.sendMessage(client.makeMessage("Where is my order?"));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  await client.sendCommand(client.makeCommand("/start order-17"));
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  // The peer leaves out what every message has.
  const asked = { message: { message_id: 77, date: 1_764_000_000 } };
  await client.sendCallback(client.makeCallbackQuery("track", asked));
  await vi.waitFor(() => expect(heard).toHaveLength(3));
  receiver.close();
  const [first] = heard;
  if (first?.kind !== "message") throw new Error("Nothing was heard.");
  const sent = await telegram.send(
    {
      key: "9f1c1f0e-0000-4000-8000-000000000001",
      thread: first.thread,
      author: "operator",
      content: {
        type: "text",
        text: "<b>On its way</b>",
        plain: "On its way",
        buttons: [{ id: "ok", title: "Thanks" }],
      },
      lastCustomerAt: first.timestamp,
    },
    config,
    outside,
  );

  expect(heard).toMatchObject([
    {
      kind: "message",
      content: "Where is my order?",
      senderName: "Ada",
      thread: { key: "501", kind: "direct" },
    },
    { kind: "message", channelMetadata: { command: { name: "start", argument: "order-17" } } },
    { kind: "message", content: "track", channelMetadata: { callback: { data: "track" } } },
  ]);
  expect(new Set(heard.map((each) => "externalId" in each && each.externalId)).size).toBe(3);
  expect(await client.getUpdatesHistory()).toContainEqual(
    expect.objectContaining({
      message: {
        chat_id: "501",
        text: "<b>On its way</b>",
        parse_mode: "HTML",
        reply_markup: { inline_keyboard: [[{ text: "Thanks", callback_data: "ok" }]] },
      },
    }),
  );
  expect(sent.externalId).toMatch(/^501:\d+$/);
});

/** A webhook in front of the adapter; it adds the secret's header, which the peer does not send. */
async function receive(heard: Incoming[]): Promise<{ url: string; close(): void }> {
  const server = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
    const request: WebhookRequest = {
      method: "POST",
      url: new URL("https://help.example.com/api/webhooks/c/a/telegram/w"),
      headers: new Headers({ "x-telegram-bot-api-secret-token": config.webhookSecret }),
      rawBody: Buffer.concat(pieces),
      now: new Date(),
    };
    const verdict = await telegram.verify(request, config, outside);
    if (verdict.ok)
      heard.push(...telegram.parse(request, config).filter((each) => each.kind !== "unreadable"));
    const reply = telegram.acknowledge?.(request, config);
    response.writeHead(reply?.status ?? 500, { "content-type": reply?.contentType }).end(reply?.body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

// The peer takes a port of 0 for its own standard port.
async function freePort(): Promise<number> {
  const probe = createSocket();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
