import type { SendMessageBody, SentMessage } from "#contracts/chat";
import type { Attachment, MessageView } from "#contracts/conversation";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
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
import { chatRunner } from "./runner.ts";
import { beginNewConversation, mayReopen } from "./session.ts";

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
    const plan = planFor(conversation, body, attachments, now);
    const appended = await append(conversation, { ...plan, from: options.from });
    if (appended.outcome === "conflict") {
      conversation = appended.conversation;
      continue;
    }
    if (appended.outcome === "duplicate") return sent(appended.message, true);
    const message = appended.messages.at(-1);
    if (message === undefined) break;
    if (plan.run !== undefined) chatRunner()?.kick({ companyId: conversation.companyId, runId: plan.run.id });
    touchSession(customer, now);
    return sent(message, false);
  }
  throw new AppError("conflict", "This conversation is changing hands right now: send it again.");
}

function planFor(
  conversation: ConversationRecord,
  body: SendMessageBody,
  attachments: Attachment[],
  now: Date,
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
  const run = { id: newId(now.getTime()), messageId: newId(now.getTime()) };
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

function sent(message: MessageView, duplicate: boolean): SentMessage {
  const { id: messageId, conversationId, seq, createdAt } = message;
  return { messageId, conversationId, seq, createdAt, duplicate };
}
