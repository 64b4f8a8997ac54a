// The platforms of the live company: its connections, who writes there, and what the platforms sign and post.
import { createHmac } from "node:crypto";
import pg from "pg";
import { createConnection } from "#services/connections";
import { companyId, conversationId, id, kind } from "./ground.ts";
import { rawRequest } from "./wire.ts";

export type Platform = "custom" | "whatsapp";

/** Where each platform delivers. */
export type Paths = Record<Platform, string>;

export const voiceSecret = "an initiation secret of the benchmark";
export const secret = `whsec_${Buffer.alloc(32, "a secret of the benchmark").toString("base64")}`;
const meta = {
  phoneNumberId: "106540352242922",
  businessAccountId: "102290129340398",
  accessToken: "a token of the benchmark",
  appSecret: "an app secret of the benchmark",
};

/** How many customers write on each platform, each in a conversation that a person holds. */
const writers = 500;
const firstWriter = { custom: 2_000, whatsapp: 2_500 } as const;
/** Connections that only send: each may send a second's worth of its limit at once, and one alone would measure the limit. */
export const senders = { connections: 60, firstChat: 3_000, each: 20 };

const owner = {
  kind: "operator",
  companyId: companyId(0),
  userId: id(kind.user, 0),
  name: "Ada",
  role: "owner",
} as const;

export { owner };

/** Connects the live company to its platforms; the database is open. */
export async function connectPlatforms(adminUrl: string, endpoint: string): Promise<Paths> {
  const agentId = id(kind.agent, 0);
  const connect = (channel: Platform, settings: Record<string, string>) =>
    createConnection(owner, { channel, name: channel, agentId, settings }).then(
      ({ connection }) => connection,
    );
  const custom = await connect("custom", { secret, endpoint });
  const whatsapp = await connect("whatsapp", meta);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const { channel, id: connectionId } of [custom, whatsapp] as { channel: Platform; id: string }[]) {
    for (let n = 0; n < writers; n += 1)
      await settleThread(admin, {
        channel,
        connectionId,
        chat: firstWriter[channel] + n,
        key: writer(channel, n),
      });
  }
  for (let n = 0; n < senders.connections; n += 1) {
    const { id: connectionId } = await connect("custom", { secret, endpoint });
    await settleThread(admin, {
      channel: "custom",
      connectionId,
      chat: senders.firstChat + n,
      key: "customer",
    });
  }
  await admin.end();
  const pathOf = ({ webhookUrl }: { webhookUrl: string }) => new URL(webhookUrl).pathname;
  return { custom: pathOf(custom), whatsapp: pathOf(whatsapp) };
}

/** Gives a chat a thread on a platform. */
export async function settleThread(
  admin: pg.Client,
  thread: { channel: Platform | "sms"; connectionId: string; chat: number; key: string },
): Promise<void> {
  const { channel, connectionId, chat, key } = thread;
  const address =
    channel === "custom" ? { conversation: key, recipient: key } : { to: key, lastMessageId: "wamid.0" };
  await admin.query(
    `WITH made AS (
       INSERT INTO thread (id, company_id, connection_id, key, kind, address, contact_id, conversation_id, last_customer_at)
       SELECT gen_random_uuid(), company_id, $1, $2, 'direct', $3, contact_id, id, now() FROM conversation WHERE id = $4
       RETURNING id, conversation_id)
     UPDATE conversation SET thread_id = made.id, channel = $5 FROM made WHERE conversation.id = made.conversation_id`,
    [connectionId, key, address, conversationId(chat), channel],
  );
}

function writer(platform: Platform, n: number): string {
  return platform === "custom" ? `customer-${n}` : `1650555${String(1_000 + n)}`;
}

/** So many different deliveries, signed, as they go over the wire: to the platform's path at Baton, or to another. */
export function signedDeliveries(platform: Platform, path: string, count: number): string[] {
  const sign = platform === "custom" ? customDelivery : whatsappDelivery;
  return Array.from({ length: count }, (_, n) => {
    const { headers, text } = sign(writer(platform, n % writers), crypto.randomUUID());
    return rawRequest({ method: "POST", path, headers, text });
  });
}

const words = "Where is my order? It should be here.";

function customDelivery(customer: string, unique: string) {
  const now = new Date();
  const data = { id: unique, sender: { id: customer, name: "Kim" }, content: words };
  const text = JSON.stringify({ type: "message.created", timestamp: now.toISOString(), data });
  const seconds = Math.floor(now.getTime() / 1_000);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${unique}.${seconds}.${text}`).digest("base64");
  return {
    text,
    headers: {
      "webhook-id": unique,
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signature}`,
    },
  };
}

/** One message in its envelope (Meta, "WhatsApp webhooks reference: messages"). */
function whatsappDelivery(customer: string, unique: string) {
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: meta.phoneNumberId },
    contacts: [{ profile: { name: "Kim" }, wa_id: customer }],
    messages: [
      {
        from: customer,
        id: `wamid.${unique}`,
        timestamp: String(Math.floor(Date.now() / 1_000)),
        type: "text",
        text: { body: words },
      },
    ],
  };
  const text = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: meta.businessAccountId, changes: [{ field: "messages", value }] }],
  });
  const signature = createHmac("sha256", meta.appSecret).update(text).digest("hex");
  return { text, headers: { "x-hub-signature-256": `sha256=${signature}` } };
}

/** What a bare server needs to check the same signatures. */
export const keys = {
  CUSTOM_SECRET: secret,
  META_APP_SECRET: meta.appSecret,
  VOICE_SECRET: voiceSecret,
};
