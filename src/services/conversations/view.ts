import type { Attributes } from "#contracts/attributes";
import { visitorName } from "#contracts/canned-words";
import type { Delivery, MessageView, OperatorRef, Receipts, StateView } from "#contracts/conversation";
import type { DurableEvent } from "#contracts/events";
import type { ConversationRow } from "#contracts/operator";
import { phoneWords } from "#lib/phone-number";
import { ownerOf } from "./machine.ts";
import { type ConversationRecord, moment } from "./record.ts";

/** What every window knows about a conversation's ownership. */
export function stateView(conversation: ConversationRecord, position?: number): StateView {
  return {
    state: conversation.state,
    owner: ownerOf(conversation.state),
    epoch: conversation.epoch,
    operator: operatorRef(conversation),
    since: conversation.stateSince,
    position,
    offered: conversation.offered,
  };
}

/** The operator who holds a conversation. */
export function operatorRef(conversation: ConversationRecord): OperatorRef | undefined {
  const { operatorId, operatorName, operatorImage } = conversation;
  return operatorId === undefined
    ? undefined
    : { id: operatorId, name: operatorName ?? "Support", image: operatorImage };
}

/** A name for whoever has told none: their phone number, or one that is the same for each window and different for most. */
export function customerName(contact: { id: string; name: string }): string {
  return contact.name === "" ? visitorName(contact.id) : phoneWords(contact.name);
}

/** A row of the inbox list. */
export function conversationRow(conversation: ConversationRecord): ConversationRow {
  return {
    id: conversation.id,
    customer: {
      id: conversation.contactId,
      name: customerName({ id: conversation.contactId, name: conversation.contactName }),
    },
    agent: { id: conversation.agentId, name: conversation.agentName },
    channel: conversation.channel,
    state: stateView(conversation),
    snippet: conversation.snippet,
    lastAuthor: conversation.lastAuthor,
    lastMessageAt: conversation.lastMessageAt,
    escalatedAt: conversation.waitingSince,
    reason: conversation.reason,
    attributes: attributesView(conversation),
    liveCall: conversation.liveCall,
    unread: conversation.operatorUnread,
    ...(conversation.undelivered > 0 && { undelivered: conversation.undelivered }),
    head: conversation.head,
    createdAt: conversation.createdAt,
  };
}

/** What operators know of a conversation besides its words. */
export function attributesView(conversation: ConversationRecord): Attributes {
  const { topic, teamId, skills, language, tags, snoozedUntil, due, scope } = conversation;
  return {
    topic,
    teamId,
    skills,
    language,
    tags,
    snoozedUntil,
    wokenAt: isAwake(conversation) ? conversation.wokenAt : undefined,
    due,
    scope,
  };
}

// A snooze that ran out counts until somebody answers or moves the conversation.
function isAwake({ wokenAt, snoozedUntil, lastMessageAt, stateSince }: ConversationRecord): boolean {
  return (
    wokenAt !== undefined && snoozedUntil === undefined && wokenAt > lastMessageAt && wokenAt > stateSince
  );
}

/** How far each side has seen the log. */
export function receiptsView(conversation: ConversationRecord): Receipts {
  return { customerRead: conversation.customerRead, operatorRead: conversation.operatorRead };
}

/** A message's row, from a query (dates) or from JSON (texts), as windows show it. */
export function messageView(row: Record<string, unknown>): MessageView {
  return {
    id: String(row.id),
    conversationId: String(row.conversation_id),
    seq: Number(row.seq),
    author: {
      kind: row.author_kind as MessageView["author"]["kind"],
      id: absent(row.author_id) as string | undefined,
      name: absent(row.author_name) as string | undefined,
    },
    text: String(row.text),
    audience: row.audience as MessageView["audience"],
    clientId: absent(row.client_id) as string | undefined,
    replyTo: absent(row.reply_to) as string | undefined,
    sources: absent(row.sources) as MessageView["sources"],
    attachments: absent(row.attachments) as MessageView["attachments"],
    notice: absent(row.notice) as MessageView["notice"],
    answer: absent(row.answer) as MessageView["answer"],
    data: absent(row.data) as MessageView["data"],
    delivery: deliveryOf(row),
    createdAt: moment(row.created_at),
  };
}

type Written = { audience?: MessageView["audience"]; message: Record<string, unknown> };
type Place = { conversationId: string; seq: number; at: Date | string };

/** The event of a message that has just been written, at the place that the log gave it; `leaves` if a platform waits for it. */
export function messageEvent(
  { audience = "all", message }: Written,
  { conversationId, seq, at }: Place,
  { leaves = false } = {},
): DurableEvent {
  return {
    type: "message",
    conversationId,
    seq,
    message: messageView({
      id: message.id,
      conversation_id: conversationId,
      seq,
      author_kind: message.authorKind,
      author_id: message.authorId,
      author_name: message.authorName,
      text: message.text,
      audience,
      client_id: message.clientId,
      reply_to: message.replyTo,
      sources: message.sources,
      attachments: message.attachments,
      notice: message.notice,
      answer: message.answer,
      data: message.data,
      created_at: at,
      ...(leaves && { delivery_state: "waiting", delivery_at: at }),
    }),
  };
}

function deliveryOf(row: Record<string, unknown>): MessageView["delivery"] {
  if (typeof row.delivery_state !== "string") return undefined;
  return {
    state: row.delivery_state as Delivery["state"],
    words: absent(row.delivery_words) as string | undefined,
    at: moment(row.delivery_at),
  };
}

/** An event's row joined with its message's row, as streams and pages carry it. */
export function durableEvent(row: Record<string, unknown>): DurableEvent {
  const place = { conversationId: String(row.conversation_id), seq: Number(row.seq) };
  if (row.type === "message") return { type: "message", ...place, message: messageView(row) };
  if (row.type === "delivery") return { type: "delivery", ...place, ...(row.payload as Payload<"delivery">) };
  if (row.type === "attributes")
    return { type: "attributes", ...place, ...(row.payload as Payload<"attributes">) };
  if (row.type === "call") return { type: "call", ...place, ...(row.payload as Payload<"call">) };
  return { type: "state", ...place, ...(row.payload as Payload<"state">) };
}

type Payload<Type extends DurableEvent["type"]> = Omit<
  Extract<DurableEvent, { type: Type }>,
  "type" | "conversationId" | "seq"
>;

/**
 * An entry of the log as its customer may see it: what operators wrote to each other about a change of hands stays out,
 * and so do the company's programs.
 */
export function forCustomer(event: DurableEvent): DurableEvent {
  if (event.type !== "state") return event;
  const { note, by, ...rest } = event;
  return by?.kind === "operator" ? { ...rest, by } : rest;
}

function absent(value: unknown): unknown {
  return value === null ? undefined : value;
}
