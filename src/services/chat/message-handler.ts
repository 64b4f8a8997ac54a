import type { SendMessageBody, SentMessage } from "#contracts/chat";
import type { Attachment, MessageView } from "#contracts/conversation";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Offer } from "#services/ai";
import {
  type Append,
  append,
  type ConversationRecord,
  customerName,
  findConversation,
  messageByClientId,
} from "#services/conversations";
import { systemLine } from "#services/handover";
import { attachmentsOf } from "./attachments.ts";
import type { Customer } from "./customer.ts";
import { touchSession } from "./life.ts";
import { chatRunner, keepAhead } from "./runner.ts";
import { beginNewConversation, mayReopen } from "./session.ts";
import { type Ahead, basisAhead } from "./turn-basis.ts";

/**
 * The one path of a customer's message: stored with everything that follows from it in one commit, then answered.
 * The same client id is one message; a closed conversation is opened again, or a new one begun when it is long closed.
 */
export async function handleCustomerMessage(
  customer: Customer,
  body: SendMessageBody,
  options: { from?: string; now?: Date } = {},
): Promise<SentMessage> {
  const now = options.now ?? new Date();
  const attachments = await attachmentsOf(customer, body.attachments ?? []);
  let conversation = customer.conversation;
  for (let attempt = 0; attempt < 8; attempt++) {
    if (!mayReopen({ conversation }, now.getTime())) {
      const known = await messageByClientId(customer, conversation.id, body.clientId);
      if (known !== undefined) return sent(known, true);
      const id = await beginNewConversation(customer, conversation.id);
      conversation = await findConversation(customer, id);
    }
    const offer = chatRunner()?.offer();
    const plan = planFor(conversation, body, attachments, { now, offer });
    const ahead =
      plan.run === undefined || offer === undefined ? undefined : basisAhead(conversation, body.text, now);
    const appended = await append(conversation, { ...plan, from: options.from });
    if (appended.outcome === "conflict") {
      conversation = appended.conversation;
      continue;
    }
    if (appended.outcome === "duplicate") return sent(appended.message, true);
    const message = appended.messages.at(-1);
    if (message === undefined) break;
    if (plan.run !== undefined) answer(appended.conversation, plan.run, message.seq, { offer, ahead });
    touchSession(customer, now);
    return sent(message, false);
  }
  throw new AppError("conflict", "This conversation is changing hands right now: send it again.");
}

function planFor(
  conversation: ConversationRecord,
  body: SendMessageBody,
  attachments: Attachment[],
  { now, offer }: { now: Date; offer: Offer | undefined },
): Append {
  const words = {
    author: {
      kind: "customer" as const,
      id: conversation.contactId,
      name: customerName({ id: conversation.contactId, name: conversation.contactName }),
    },
    text: body.text,
    clientId: body.clientId,
    replyTo: body.replyTo,
    attachments: attachments.length === 0 ? undefined : attachments,
  };
  const base = { now, clientId: body.clientId };
  const held = offer && { holder: offer.holder, leaseMs: offer.leaseMs };
  const run = { id: newId(now.getTime()), messageId: newId(now.getTime()), ...held };
  const guard = { state: conversation.state, epoch: conversation.epoch };
  switch (conversation.state) {
    case "ACTIVE":
      return { ...base, guard, messages: [words], run };
    case "WAITING_HUMAN":
    case "WITH_HUMAN":
      return { ...base, guard, messages: [words] };
    case "RESOLVED":
    case "ABANDONED":
      return {
        ...base,
        change: { move: "reopen", state: "ACTIVE" },
        messages: [systemLine("This conversation was opened again.", { kind: "reopened" }), words],
        run,
      };
  }
}

/** Has the run carried on here at once where this process holds it, and otherwise by whoever is free. */
function answer(
  conversation: ConversationRecord,
  run: { id: string; messageId: string },
  seq: number,
  { offer, ahead }: { offer: Offer | undefined; ahead: Ahead | undefined },
): void {
  const { companyId, id: conversationId, agentId, epoch } = conversation;
  if (offer === undefined) {
    chatRunner()?.kick({ companyId, runId: run.id });
    return;
  }
  const held = {
    id: run.id,
    company_id: companyId,
    conversation_id: conversationId,
    agent_id: agentId,
    message_id: run.messageId,
    customer_seq: seq,
    epoch,
    state: "running",
    fence: 1,
    text: "",
    detail: {},
  };
  if (ahead !== undefined) keepAhead(held, ahead);
  chatRunner()?.take(held, offer);
}

function sent(message: MessageView, duplicate: boolean): SentMessage {
  const { id: messageId, conversationId, seq, createdAt } = message;
  return { messageId, conversationId, seq, createdAt, duplicate };
}
