// What the platforms do: they sign, post until they are answered with a 2xx, and count what reaches them.
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { customMessage } from "#support/channel-stage";
import { account, type FakeGraph, signedByMeta, startFakeGraph } from "#support/fake-graph";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";

export type Platforms = {
  receiver: FakeReceiver;
  graph: FakeGraph;
  secret: string;
  /** What a process must know to reach them. */
  env: Record<string, string>;
  close(): Promise<void>;
};

/** A signed request as a platform keeps it until somebody takes it. */
export type Delivery = { path: string; headers: Record<string, string>; body: string };

export type Answers = {
  /** How many were answered with each status; `none` where the connection broke. */
  counts: Record<string, number>;
  acknowledged: number;
};

/** Starts the custom channel's receiver and the Graph API. */
export async function startPlatforms(secret: string): Promise<Platforms> {
  const [receiver, graph] = await Promise.all([startFakeReceiver(secret), startFakeGraph()]);
  return {
    receiver,
    graph,
    secret,
    env: { OUTBOUND_PRIVATE_HOSTS: receiver.host, META_GRAPH_BASE_URL: graph.url },
    close: async () => {
      await Promise.all([receiver.close(), graph.close()]);
    },
  };
}

/** A customer's message on the custom channel. */
export function customText(secret: string, path: string, customer: string, text: string): Delivery {
  const data = { id: `${customer} ${text}`, sender: { id: customer }, content: text };
  return { path, ...customMessage(secret, data) };
}

/** The word of a company's own system that a message of ours arrived. */
export function customReceipt(secret: string, path: string, id: string): Delivery {
  const [now, webhookId] = [new Date(), `msg_${crypto.randomUUID()}`];
  const timestamp = now.toISOString();
  const body = JSON.stringify({ type: "receipt.updated", timestamp, data: { id, status: "delivered" } });
  const headers = {
    "content-type": "application/json",
    "webhook-id": webhookId,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(webhookId, now, body),
  };
  return { path, headers, body };
}

/** A customer's message on WhatsApp. */
export function whatsappText(path: string, customer: string, text: string): Delivery {
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: account.phoneNumberId },
    contacts: [{ profile: { name: "Kim" }, wa_id: customer }],
    messages: [
      {
        from: customer,
        id: `wamid.${customer}.${text}`,
        timestamp: String(Math.floor(Date.now() / 1_000)),
        type: "text",
        text: { body: text },
      },
    ],
  };
  const entry = [{ id: account.businessAccountId, changes: [{ field: "messages", value }] }];
  const { headers, rawBody } = signedByMeta(
    { object: "whatsapp_business_account", entry },
    account.appSecret,
  );
  return { path, headers: Object.fromEntries(headers), body: rawBody.toString("utf8") };
}

/** Posts a delivery once; answers its status, or `none` where no answer came. */
export async function postOnce(base: string, { path, headers, body }: Delivery) {
  try {
    const response = await fetch(`${base}${path}`, { method: "POST", headers, body });
    await response.arrayBuffer();
    return { status: String(response.status), retryAfter: response.headers.get("retry-after") };
  } catch {
    return { status: "none", retryAfter: null };
  }
}

/** Posts a delivery again and again until it is acknowledged. */
export async function postUntilTaken(
  base: () => string,
  delivery: Delivery,
  answers: Answers,
): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { status } = await postOnce(base(), delivery);
    answers.counts[status] = (answers.counts[status] ?? 0) + 1;
    if (status === "200") {
      answers.acknowledged += 1;
      return;
    }
    await pause(40);
  }
  throw new Error("Nobody takes this delivery.");
}

export function noAnswers(): Answers {
  return { counts: {}, acknowledged: 0 };
}

/** How often each part of ours reached WhatsApp, by the key that we gave it, and in which order of texts. */
export function whatsappArrivals({ graph }: Platforms): { key: string; to: string; text: string }[] {
  return graph.calls.flatMap(({ json }) => {
    const call = json as
      | { biz_opaque_callback_data?: string; to?: string; text?: { body: string } }
      | undefined;
    if (call?.biz_opaque_callback_data === undefined) return [];
    return [{ key: call.biz_opaque_callback_data, to: call.to ?? "", text: call.text?.body ?? "" }];
  });
}

/** Every try of every part of ours at the custom channel's receiver, in order. */
export function customArrivals({ receiver }: Platforms): { key: string; to: string; text: string }[] {
  return receiver.tries.flatMap(({ id, type, data }) =>
    type === "message.sent" ? [{ key: id, to: String(data.conversation), text: String(data.content) }] : [],
  );
}
