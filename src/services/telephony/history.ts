import type { LeadView, TelephonyEvent } from "#contracts/telephony";
import { read } from "#lib/db";
import { callsOf, findConversation, messagesBefore, type Reader, stateView } from "#services/conversations";
import { remembered } from "./memory.ts";

/** What was said with a lead in a conversation up to now: the newest messages and calls, who has it, and what it was about. */
export async function conversationHistory(
  who: Reader,
  { id: leadId, phoneNumber }: LeadView,
  conversationId: string,
): Promise<Extract<TelephonyEvent, { type: "conversation_history" }>> {
  const [conversation, page, calls, summary] = await Promise.all([
    findConversation(who, conversationId),
    messagesBefore(who, conversationId, { limit: remembered, audience: "operators" }),
    callsOf(who, conversationId, { limit: remembered }),
    summaryOf(who, conversationId),
  ]);
  const { head } = conversation;
  return {
    type: "conversation_history",
    leadId,
    phoneNumber,
    conversationId,
    head,
    // What came while the rest was read follows as events of its own.
    messages: page.messages.filter(({ seq }) => seq <= head),
    more: page.more,
    calls: calls.filter(({ seq }) => seq <= head),
    state: stateView(conversation),
    summary,
  };
}

async function summaryOf({ companyId }: Reader, conversationId: string): Promise<string | undefined> {
  const [row] = await read<{ text: string }>(
    companyId,
    "SELECT text FROM conversation_summary WHERE company_id = $1 AND conversation_id = $2",
    [companyId, conversationId],
  );
  return row?.text;
}
