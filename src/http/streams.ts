import { env } from "#lib/env";
import { type OperatorWho, onRevoked, type Staff } from "#services/accounts";
import {
  type Customer,
  conversationSnapshot,
  customerTopics,
  retellAnswer,
  runUnderWay,
} from "#services/chat";
import { findConversation } from "#services/conversations";
import {
  openConversationStream,
  openLeadStream,
  openOperatorStream,
  type StreamSink,
} from "#services/notifications";
import { conversationHistory, currentConversation, type LeadPlace } from "#services/telephony";

/** Feeds the stream of a customer's chat, whatever carries it. */
export function openChatStream(
  sink: StreamSink,
  who: Customer,
  lastEventId: string | undefined,
): Promise<void> {
  return openConversationStream(sink, {
    companyId: who.companyId,
    conversationId: who.conversationId,
    audience: "all",
    sessionId: who.sessionId,
    lastEventId,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    snapshot: async () => conversationSnapshot(await findConversation(who, who.conversationId), "all"),
    retell: retellAnswer,
    others: {
      home: who.session.conversationId,
      list: async () => (await customerTopics(who)).topics,
    },
  });
}

/** Feeds the stream of an operator's window, whatever carries it. */
export function openInboxStream(
  sink: StreamSink,
  who: Staff,
  { watch, lastEventId }: { watch: string | undefined; lastEventId: string | undefined },
): Promise<void> {
  return openOperatorStream(sink, {
    companyId: who.companyId,
    operator: who.kind === "operator" ? operatorRef(who) : undefined,
    watch,
    lastEventId,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    onRevoked: (revoked) => onRevoked(who, revoked),
    partial: async (conversationId) => runUnderWay(await findConversation(who, conversationId)),
    retell: retellAnswer,
  });
}

/** Feeds the stream of a phone customer, for whoever of the company looks on. */
export function openPhoneStream(
  sink: StreamSink,
  who: Staff,
  { lead, conversation }: LeadPlace,
  { load, lastEventId }: { load: boolean; lastEventId: string | undefined },
): Promise<void> {
  const { companyId } = who;
  return openLeadStream(sink, {
    companyId,
    lead: { leadId: lead.id, phoneNumber: lead.phoneNumber },
    conversationId: conversation.id,
    load,
    lastEventId,
    heartbeatSeconds: env.HEARTBEAT_SECONDS,
    onRevoked: (revoked) => onRevoked(who, revoked),
    history: (conversationId) => conversationHistory(who, lead, conversationId),
    current: () => currentConversation(who, lead.id),
  });
}

function operatorRef({ userId, name }: OperatorWho) {
  return { id: userId, name };
}
