import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { PlatformName } from "#contracts/channel";
import type { ConversationDetail } from "#contracts/operator";
import { read } from "#lib/db";
import { startJobs } from "#lib/jobs";
import { forget } from "#lib/registry";
import { jobHandlers } from "#services/chat";
import { alertJobs } from "#services/notifications";
import { telephonyJobs } from "#services/telephony";
import { webhookJobs } from "#services/webhooks";
import { beforeAskingAgain } from "#support/readers";
import { openStage, type Shop, type Stage } from "#support/stage";

export type ChannelStage = Stage & { stopJobs(): Promise<void>; goOn(): Promise<void> };
export type Connected = { id: string; webhookUrl: string; path: string };

/** Opens every route with a worker beside it, and lets connections reach these hosts. */
export async function openChannelStage(
  environment: Record<string, string> = {},
  options: Parameters<typeof openStage>[0] = {},
): Promise<ChannelStage> {
  Object.assign(process.env, { RATE_WEBHOOK_PER_MINUTE: "1000000", ...environment });
  forget("env");
  const stage = await openStage(options);
  const handlers = { ...jobHandlers, ...webhookJobs, ...telephonyJobs, ...alertJobs };
  let worker: { stop(): Promise<void> } | undefined = await startJobs(handlers, { concurrency: 4 });
  const stopJobs = async () => {
    await worker?.stop();
    worker = undefined;
  };
  return {
    ...stage,
    stopJobs,
    goOn: async () => {
      worker ??= await startJobs(handlers, { concurrency: 4 });
    },
    close: async () => {
      await stopJobs();
      await stage.close();
    },
  };
}

/** Connects a platform to a shop through the API. */
export async function connect(
  stage: Stage,
  shop: Shop,
  channel: PlatformName,
  settings: Record<string, string>,
): Promise<Connected & { chosen: Record<string, string> }> {
  const { status, body, text } = await stage.ask<{
    connection: { id: string; webhookUrl: string };
    chosen: Record<string, string>;
  }>("POST", "/api/admin/connections", shop.owner.cookie, {
    channel,
    name: `Our ${channel}`,
    agentId: shop.agentId,
    settings,
  });
  if (status !== 201) throw new Error(`Not connected: ${text}`);
  const { id, webhookUrl } = body.connection;
  return { id, webhookUrl, path: new URL(webhookUrl).pathname, chosen: body.chosen };
}

export function aCustomSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** A message as a company's own system would post it, signed (Standard Webhooks). */
export function customMessage(
  secret: string,
  data: Record<string, unknown>,
  id = `msg_${crypto.randomUUID()}`,
) {
  const body = JSON.stringify({ type: "message.created", timestamp: new Date().toISOString(), data });
  const now = new Date();
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, now, body),
  };
  return { headers, body };
}

/** Posts a delivery, and answers the status. */
export async function post(
  stage: Pick<Stage, "url">,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<number> {
  const response = await fetch(`${stage.url}${path}`, { method: "POST", headers, body });
  await response.arrayBuffer();
  return response.status;
}

/** Waits until something holds, and answers it. */
export async function until<T>(
  what: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 10,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const found = await what();
    if (found !== undefined && found !== false) return found;
    const waited = performance.now() - began;
    if (waited > seconds * 1_000) throw new Error(`It did not come to that within ${seconds} s: ${what}`);
    await beforeAskingAgain(waited);
  }
}

/** What the log of a company's conversations on platforms holds, oldest first. */
export async function logOf(companyId: string) {
  return read<{
    conversationId: string;
    seq: number;
    author: string;
    text: string;
    state: string | null;
    audience: string;
  }>(
    companyId,
    `SELECT m.conversation_id AS "conversationId", m.seq, m.author_kind AS author, m.text, m.audience, d.state
     FROM message m JOIN conversation c ON c.id = m.conversation_id LEFT JOIN delivery d ON d.message_id = m.id
     WHERE m.company_id = $1 AND c.thread_id IS NOT NULL ORDER BY m.conversation_id, m.seq`,
    [companyId],
  );
}

/** A conversation as an operator's window opens it. */
export async function detailOf(
  stage: Stage,
  shop: Shop,
  conversationId: string,
): Promise<ConversationDetail> {
  const path = `/api/agent/conversations/${conversationId}`;
  return (await stage.ask<ConversationDetail>("GET", path, shop.owner.cookie)).body;
}
