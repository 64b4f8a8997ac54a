import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import TelegramServer from "telegram-test-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CheckReport } from "#contracts/channel";
import { type ChannelStage, openChannelStage } from "#support/channel-stage";
import { beginStory, type Customer, type Part } from "#support/channel-story";
import { settings } from "./telegram-customer.ts";

let peer: TelegramServer;
let front: Server;
let stage: ChannelStage;
beforeAll(async () => {
  peer = new TelegramServer({ port: await freePort(), host: "127.0.0.1" });
  await peer.start();
  // What the peer delivers passes here, and gets the secret's header that the peer does not send.
  front = createServer(async (incoming, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
    const headers = {
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": settings.webhookSecret,
    };
    const body = new Uint8Array(Buffer.concat(pieces));
    const answer = await fetch(`${stage.url}${incoming.url}`, { method: "POST", headers, body });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((done) => front.listen(0, "127.0.0.1", done));
  const { port } = front.address() as AddressInfo;
  stage = await openChannelStage({
    TELEGRAM_API_ROOT: peer.config.apiURL,
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
  });
});
afterAll(async () => {
  await stage.close();
  await peer.stop();
  front.close();
});

/** What an independent Bot API has of the messages to a customer. */
async function seenBy(client: ReturnType<TelegramServer["getClient"]>): Promise<Part[]> {
  const updates = (await client.getUpdatesHistory()) as unknown as Update[];
  return updates.flatMap(({ messageId, message }) => {
    if (message?.chat_id === undefined) return [];
    const { text = "", reply_markup } = message;
    const buttons = (reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
    return [{ id: String(messageId), text, buttons, file: false }];
  });
}

type Update = {
  messageId: number;
  message?: {
    chat_id?: string;
    text?: string;
    reply_markup?: { inline_keyboard?: { text: string }[][] };
  };
};

it("serves a customer of an independent Bot API from the webhook's setup to the hand-back", {
  timeout: 60_000,
}, async () => {
  const client = peer.getClient(settings.botToken, { userId: 501, chatId: 501, firstName: "Ada" });
  let seen: Part[] = [];
  const customer: Customer = { says: unused, shows: unused, received: () => seen };
  const story = await beginStory(stage, "telegram", settings, () => customer);
  const { connection, shop } = story;
  const setup = await stage.ask<CheckReport>(
    "POST",
    `/api/admin/connections/${connection.id}/setup`,
    shop.owner.cookie,
  );
  const says = async (words: string) => {
    story.written.push(words);
    await client.sendMessage(client.makeMessage(words));
  };
  const hears = async (words: string) => {
    const looking = setInterval(async () => {
      seen = await seenBy(client);
    }, 50);
    return story.hears(words).finally(() => clearInterval(looking));
  };

  expect(setup.status).toBe(200);
  await says("I forgot my password");
  await hears("<b>Sign in › Forgot password</b>");
  await says("I want to talk to a human being now");
  const offer = await hears("Would you like to talk to a person?");
  expect(offer.buttons).toEqual(["Talk to a person", "No, thanks"]);
  story.written.push("Talk to a person");
  const asked = { message_id: Number(offer.id), date: 1_764_000_000 };
  await client.sendCallback(client.makeCallbackQuery("Talk to a person", { message: asked }));
  await hears("You are next in line.");
  await story.asOperator("accept");
  await story.replies("**Ada** here, how can I help?");
  await hears("<b>Ada</b> here, how can I help?");
  await story.asOperator("handover", { to: { kind: "ai" } });

  await story.settled();
  seen = await seenBy(client);
  await story.countsBothEnds();
});

function unused(): never {
  throw new Error("The independent Bot API delivers what this customer says.");
}

// The peer takes a port of 0 for its own standard port.
async function freePort(): Promise<number> {
  const probe = createSocket();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
