import { z } from "zod";
import type { UnifiedMessage } from "#contracts/channel";
import { newId } from "#lib/ids";
import { append, type ConversationRecord, customerName } from "#services/conversations";
import { agentCard } from "./agent-card.ts";
import type { Words } from "./message-handler.ts";

const Start = z.looseObject({ command: z.looseObject({ name: z.literal("start") }) });

/**
 * Answers the button by which a platform begins a talk, which asks nothing, with the assistant's greeting and what it
 * suggests to ask; says whether it was one. Where a person has the conversation, they are the ones to greet.
 */
export async function greeted(
  conversation: ConversationRecord,
  { channelMetadata, thread }: UnifiedMessage,
  words: Words,
  now: Date,
): Promise<boolean> {
  const isStart = thread.kind === "direct" && Start.safeParse(channelMetadata).success;
  if (!isStart || conversation.state !== "ACTIVE") return false;
  const { companyId, agentId, contactId, contactName, epoch } = conversation;
  const { name, greeting, suggestions } = await agentCard(companyId, agentId);
  const id = newId(now.getTime());
  const customer = { id: contactId, name: customerName({ id: contactId, name: contactName }) };
  const { outcome } = await append(conversation, {
    now,
    guard: { state: "ACTIVE", epoch },
    external: words.external && { ...words.external, messageId: id },
    messages: [
      { id, author: { kind: "customer", ...customer }, text: words.text },
      { author: { kind: "agent", id: agentId, name }, text: greeting, choices: suggestions },
    ],
  });
  return outcome !== "conflict";
}
