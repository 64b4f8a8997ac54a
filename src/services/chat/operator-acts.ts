import { callsAPage } from "#contracts/calls";
import type { ConversationDetail, ConversationRow, HandoverBody } from "#contracts/operator";
import type { Staff } from "#services/accounts";
import {
  callsOf,
  conversationRow,
  findConversation,
  markRead,
  publishFleeting,
} from "#services/conversations";
import {
  assignToOperator,
  conversationDetail,
  handBackToAI,
  transferToEveryone,
  transferToQueue,
  transferToTeam,
} from "#services/handover";
import { earlierSummary } from "./earlier-summary.ts";
import { showRead, showTyping } from "./platform-signs.ts";
import { chatRunner } from "./runner.ts";
import { channelSituation } from "./situation.ts";
import { runUnderWay } from "./snapshot.ts";

/** Gives a conversation to the AI, to an operator, or back to everyone, and answers its new row. */
export async function handOver(
  who: Staff,
  conversationId: string,
  { to, note }: HandoverBody,
): Promise<ConversationRow> {
  switch (to.kind) {
    case "ai": {
      const { topics } = to.scope ?? {};
      const { conversation, runId } = await handBackToAI(who, conversationId, { note, topics });
      if (runId !== undefined) chatRunner()?.kick({ companyId: who.companyId, runId });
      return conversationRow(conversation);
    }
    case "operator":
      return conversationRow(await assignToOperator(who, conversationId, to.operatorId, note));
    case "queue": {
      const { state } = await findConversation(who, conversationId);
      const toQueue = state === "WITH_HUMAN" ? transferToQueue : transferToEveryone;
      return conversationRow(await toQueue(who, conversationId, note));
    }
    case "team":
      // Everyone is a team as well: it carries the company's id.
      return to.teamId === who.companyId
        ? conversationRow(await transferToEveryone(who, conversationId, note))
        : conversationRow(await transferToTeam(who, conversationId, to.teamId, note));
  }
}

/** Tells the customer and the other operators that someone of the company is writing, or has stopped. */
export async function operatorTyping(who: Staff, conversationId: string, typing: boolean): Promise<void> {
  const conversation = await findConversation(who, conversationId);
  if (who.kind !== "operator") return;
  if (typing) showTyping(conversation);
  publishFleeting(
    { companyId: who.companyId, conversationId },
    { type: "typing", conversationId, author: "operator", authorId: who.userId, name: who.name, typing },
  );
}

/** Moves the operators' read mark. */
export async function operatorRead(who: Staff, conversationId: string, seq: number): Promise<void> {
  await markRead(who, conversationId, "operator", seq);
  showRead(await findConversation(who, conversationId));
}

/** One conversation whole, with the answer that the AI is writing in it now. */
export async function openConversation(
  who: Staff,
  conversationId: string,
): Promise<Omit<ConversationDetail, "customerOnline" | "viewers">> {
  const conversation = await findConversation(who, conversationId);
  const [detail, run, channel, calls, phoneSummary] = await Promise.all([
    conversationDetail(conversation),
    runUnderWay(conversation),
    channelSituation(conversation),
    // Only a phone number's conversations have any.
    conversation.channel === "sms" ? callsOf(who, conversationId, { limit: callsAPage }) : undefined,
    earlierSummary(conversation),
  ]);
  return { ...detail, run, channel, calls, phoneSummary };
}
