import type { SendMessageBody, SentMessage } from "#contracts/chat";
import type { Attachment, MessageView } from "#contracts/conversation";
import type { StructuredAnswer } from "#contracts/structured";
import { AppError, isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Offer } from "#services/ai";
import {
  type Append,
  append,
  type ConversationRecord,
  customerName,
  findConversation,
  messageByClientId,
  refuseStrangeMessage,
  type SessionProof,
} from "#services/conversations";
import { systemLine } from "#services/handover";
import { attachmentsOf, moveAttachments } from "./attachments.ts";
import { type Customer, recogniseCustomer } from "./customer.ts";
import { touchSession } from "./life.ts";
import { rememberCustomer } from "./remembered.ts";
import { chatRunner, keepAhead } from "./runner.ts";
import { beginNewConversation, mayReopen } from "./session.ts";
import { checkedAnswer, refuseOther } from "./structured-answer.ts";
import { type Ahead, basisAhead } from "./turn-basis.ts";

/**
 * The one path of a customer's message: stored with everything that follows from it in one commit, then answered.
 * The same client id is one message; a closed conversation is opened again, or a new one begun when it is long closed.
 * Throws `unauthenticated` where a customer who was recalled is shut out meanwhile.
 */
export async function handleCustomerMessage(
  customer: Customer,
  body: SendMessageBody,
  options: Options = {},
): Promise<SentMessage> {
  const { recalledBy } = customer;
  if (recalledBy === undefined) return handle(customer, body, options);
  if (isPlain(body) && mayReopen(customer, (options.now ?? new Date()).getTime())) {
    const stored = await handle(customer, body, options).catch((error: unknown) => {
      if (!isAppError(error) || !["unauthenticated", "conflict"].includes(error.code)) throw error;
    });
    if (stored !== undefined) return stored;
  }
  return handle(await recogniseCustomer(recalledBy), body, options);
}

type Options = { from?: string; now?: Date };

/** Whether nothing but the commit of the words themselves, which proves whose they are, reads or writes anything. */
function isPlain({ attachments = [], replyTo, data }: SendMessageBody): boolean {
  return attachments.length === 0 && replyTo === undefined && data === undefined;
}

async function handle(customer: Customer, body: SendMessageBody, options: Options): Promise<SentMessage> {
  const now = options.now ?? new Date();
  const attachments = await attachmentsOf(customer, body.attachments ?? []);
  let { conversation } = customer;
  const answer = body.data && (await checkedAnswer(conversation, body.data));
  const { text, clientId, replyTo } = { ...body, ...answer };
  if (replyTo !== undefined) await refuseStrangeMessage(customer, conversation.id, replyTo, "all");
  const words: Words = { text, clientId, replyTo, attachments, data: answer?.data };
  if (!mayReopen({ conversation }, now.getTime())) {
    const known = await messageByClientId(customer, conversation.id, clientId);
    if (known !== undefined) return sent(known, true);
    if (answer !== undefined) throw new AppError("conflict", "This conversation has ended: write a message.");
    const id = await beginNewConversation(customer, conversation.id);
    await moveAttachments(customer, attachments, id);
    conversation = await findConversation(customer, id);
  }
  const session = customer.recalledBy && {
    id: customer.sessionId,
    tokenHash: customer.session.tokenHash,
    origin: customer.recalledBy.origin,
  };
  const stored = await storeWords(conversation, words, { now, from: options.from, session });
  if (stored.duplicate && answer !== undefined) refuseOther(stored.message, answer);
  if (!stored.duplicate) {
    const touched = touchSession(customer, now);
    if (session) rememberCustomer({ ...customer, conversation: stored.conversation, session: touched });
  }
  return sent(stored.message, stored.duplicate);
}

/** What a customer said, from wherever it came. */
export type Words = {
  text: string;
  clientId?: string | undefined;
  replyTo?: string | undefined;
  attachments: Attachment[];
  data?: StructuredAnswer | undefined;
  /** The platform's id of it: the same id twice is one message. */
  external?: { connectionId: string; id: string };
  /** Who of a group spoke; elsewhere it is the conversation's own contact. */
  speaker?: { id: string; name: string } | undefined;
};

/**
 * Stores a customer's words in a conversation that may go on, with everything that follows from them in one commit, and
 * has them answered. Throws `conflict` where the conversation changes hands too fast.
 */
export async function storeWords(
  before: ConversationRecord,
  words: Words,
  { now, from, session }: { now: Date; from?: string | undefined; session?: SessionProof | undefined },
): Promise<{ message: MessageView; conversation: ConversationRecord; duplicate: boolean }> {
  let conversation = before;
  for (let attempt = 0; attempt < 8; attempt++) {
    const offer = chatRunner()?.offer();
    const plan = planFor(conversation, words, { now, offer });
    const ahead =
      plan.run === undefined || offer === undefined ? undefined : basisAhead(conversation, words.text, now);
    const appended = await append(conversation, { ...plan, from, session });
    if (appended.outcome === "conflict") {
      // Whoever was recalled is recognised anew: their conversation may have ended long ago.
      if (session !== undefined) break;
      conversation = appended.conversation;
      continue;
    }
    if (appended.outcome === "duplicate") {
      return { message: appended.message, conversation: appended.conversation, duplicate: true };
    }
    const message = appended.messages.at(-1);
    if (message === undefined) break;
    if (plan.run !== undefined) answer(appended.conversation, plan.run, message.seq, { offer, ahead });
    return { message, conversation: appended.conversation, duplicate: false };
  }
  throw new AppError("conflict", "This conversation is changing hands right now: send it again.");
}

function planFor(
  conversation: ConversationRecord,
  said: Words,
  { now, offer }: { now: Date; offer: Offer | undefined },
): Append {
  const id = newId(now.getTime());
  const speaker = said.speaker ?? { id: conversation.contactId, name: conversation.contactName };
  const words = {
    id,
    author: {
      kind: "customer" as const,
      id: speaker.id,
      name: customerName(speaker),
    },
    text: said.text,
    clientId: said.clientId,
    replyTo: said.replyTo,
    attachments: said.attachments.length === 0 ? undefined : said.attachments,
    data: said.data,
  };
  const external = said.external && { ...said.external, messageId: id };
  const base = { now, clientId: said.clientId, external };
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
        messages: [
          { ...systemLine("This conversation was opened again.", { kind: "reopened" }), silent: true },
          words,
        ],
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
