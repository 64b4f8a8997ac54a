import type { Thread } from "#contracts/channel";
import type { Activity } from "./payload.ts";

/** The conversation of an activity; in a channel its id names the thread too (`;messageid=`), and answers need that. */
export function threadOf({ conversation, serviceUrl, recipient, channelData }: Activity): Thread {
  const given = {
    serviceUrl,
    conversationId: conversation.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id,
    botId: recipient?.id,
  };
  const address = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return {
    key: conversation.id,
    kind: conversation.conversationType === "personal" ? "direct" : "group",
    address,
  };
}

/** Names a message for the whole connection, as Teams counts messages per conversation. */
export function externalIdOf(conversationId: string, activityId: string): string {
  return `${conversationId}|${activityId}`;
}

/** The id that Teams knows a message by; undefined where the message is of another conversation. */
export function activityIdOf(externalId: string, conversationId: string): string | undefined {
  const prefix = externalIdOf(conversationId, "");
  return externalId.startsWith(prefix) ? externalId.slice(prefix.length) : undefined;
}
