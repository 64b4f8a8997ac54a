import { read } from "#lib/db";
import { jobHandlers } from "#services/chat";
import { webhookJobs } from "#services/webhooks";
import { aCustomSecret, connect, customMessage, post } from "#support/channel-stage";
import type { Shop, Stage } from "#support/stage";

export type FurnishedConnection = {
  connectionId: string;
  webhookId: string;
  /** Of a delivery in quarantine. */
  deliveryId: string;
  /** Of an answer that could not be delivered. */
  messageId: string;
};

/** Connects a system to a shop, with a conversation, a refused and an unreadable delivery, and an answer that failed. */
export async function furnishConnection(stage: Stage, shop: Shop): Promise<FurnishedConnection> {
  const secret = aCustomSecret();
  // Leads into a private network, so that nothing is ever delivered there.
  const { id: connectionId, path } = await connect(stage, shop, "custom", {
    secret,
    endpoint: "https://127.0.0.1/baton",
  });
  const { companyId } = shop;
  await post(stage, path, customMessage(aCustomSecret(), { id: "0", sender: { id: "eve" }, content: "Hi" }));
  await post(stage, path, customMessage(secret, { id: "1", sender: { id: "kim" }, content: "A question" }));
  await post(stage, path, customMessage(secret, { id: "2", sender: "nobody" }));
  await webhookJobs["webhook.handle"]?.({ companyId, connectionId });

  const [delivery] = await read<{ id: string }>(
    companyId,
    "SELECT id FROM webhook_delivery WHERE state = 'quarantined'",
  );
  const [thread] = await read<{ conversationId: string }>(
    companyId,
    `SELECT conversation_id AS "conversationId" FROM thread`,
  );
  const conversationId = thread?.conversationId ?? "";
  const at = `/api/agent/conversations/${conversationId}`;
  await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
  const sent = await stage.ask<{ messageId: string }>("POST", `${at}/send`, shop.owner.cookie, {
    clientId: "1",
    text: "An answer",
  });
  await jobHandlers["message.deliver"]?.({ companyId, conversationId });
  return {
    connectionId,
    webhookId: path.split("/").at(-1) ?? "",
    deliveryId: delivery?.id ?? "",
    messageId: sent.body.messageId ?? "",
  };
}
