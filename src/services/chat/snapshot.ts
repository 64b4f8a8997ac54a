import type { ConversationSnapshot } from "#contracts/events";
import { read } from "#lib/db";
import { type ConversationRecord, messagesBefore, receiptsView, stateView } from "#services/conversations";
import { queuePlace } from "#services/handover";
import { chatRunner } from "./runner.ts";

const newest = 50;

/** A conversation as a window opens it, with the number from which its stream goes on. */
export async function conversationSnapshot(
  conversation: ConversationRecord,
  audience: "all" | "operators",
): Promise<ConversationSnapshot> {
  const place = { companyId: conversation.companyId };
  const [page, waits, run] = await Promise.all([
    // Nothing beyond the head that the state was read at: what came since follows from there, in order.
    messagesBefore(place, conversation.id, { before: conversation.head + 1, limit: newest, audience }),
    queuePlace(conversation),
    runUnderWay(conversation),
  ]);
  return {
    conversationId: conversation.id,
    head: conversation.head,
    messages: page.messages,
    more: page.more,
    state: { ...stateView(conversation), ...waits },
    receipts: receiptsView(conversation),
    run,
  };
}

/** The answer that is being written now, with the text so far. */
export async function runUnderWay(conversation: ConversationRecord): Promise<ConversationSnapshot["run"]> {
  if (conversation.state !== "ACTIVE") return undefined;
  const [run] = await read<{ id: string; message_id: string; text: string }>(
    conversation.companyId,
    `SELECT id, message_id, text FROM run
     WHERE company_id = $1 AND conversation_id = $2 AND state IN ('queued', 'running')`,
    [conversation.companyId, conversation.id],
    { name: "run_under_way" },
  );
  if (run === undefined) return undefined;
  const text = chatRunner()?.partial(run.id)?.text ?? run.text;
  return { runId: run.id, messageId: run.message_id, text, thinking: text === "" };
}
