import type { ChannelName } from "#contracts/channel";
import type { AuthorKind } from "#contracts/conversation";
import { AppError } from "#lib/errors";
import type { Append, AttributesChange } from "./command.ts";
import type { NewContact } from "./create.ts";
import { askedOf, type Entry } from "./log.ts";
import { moves } from "./machine.ts";
import { type ConversationRecord, conversationRecord } from "./record.ts";
import { attributesView } from "./view.ts";

/** A conversation that took place: who it was with, and what was appended to it, step by step. */
export type Told = {
  id: string;
  agentId: string;
  agentName: string;
  contact: NewContact & { id: string; language?: string };
  channel: ChannelName;
  topic: string;
  began: Date;
  steps: Append[];
};

type Row = Record<string, unknown>;

/** What a told conversation leaves behind: itself as it stands at the end, and the rows of its log, ledger and escalations. */
export type Folded = {
  conversation: ConversationRecord;
  events: Row[];
  messages: Row[];
  decisions: Row[];
  escalations: Row[];
};

/** Folds the steps of a conversation into the rows that `append` leaves. Throws `conflict` for a move that no table holds. */
export function foldOf(companyId: string, told: Told): Folded {
  const conversation = begun(companyId, told);
  const folded: Folded = { conversation, events: [], messages: [], decisions: [], escalations: [] };
  for (const step of told.steps) take(folded, step);
  return folded;
}

function begun(companyId: string, { id, agentId, agentName, contact, channel, topic, began }: Told) {
  return conversationRecord({
    id,
    company_id: companyId,
    agent_id: agentId,
    contact_id: contact.id,
    contact_name: contact.name,
    agent_name: agentName,
    channel,
    topic,
    state: "ACTIVE",
    epoch: 0,
    head: 0,
    skills: [],
    tags: [],
    last_customer_seq: 0,
    customer_unread: 0,
    operator_unread: 0,
    customer_read: 0,
    operator_read: 0,
    state_since: began,
    last_message_at: began,
    created_at: began,
  });
}

function take(folded: Folded, step: Append): void {
  const before = folded.conversation;
  mustAllow(before, step);
  const { asked, entries, after } = askedOf(before, step);
  const now = step.now.toISOString();
  folded.conversation = withAttributes(after, asked.attributes);
  if (step.change !== undefined) folded.conversation.closedAt = step.change.closedAt?.toISOString();
  for (const entry of entries) enter(folded, entry, now);

  const { id: conversation_id, lastCustomerSeq } = folded.conversation;
  for (const { seq = lastCustomerSeq, runId: run_id, ...decision } of asked.decisions ?? [])
    folded.decisions.push({ conversation_id, seq, run_id, ...decision, created_at: now });
  if (asked.escalation !== undefined)
    folded.escalations.push({ conversation_id, ...asked.escalation, created_at: now });
  if (asked.acceptedBy === undefined) return;
  const accepted = { accepted_at: now, accepted_by: asked.acceptedBy };
  folded.escalations = folded.escalations.map((each) => ({ ...accepted, ...each }));
}

function mustAllow({ state }: ConversationRecord, { change }: Append): void {
  if (change === undefined || moves[state][change.move]?.includes(change.state)) return;
  throw new AppError("conflict", `A conversation that is ${state} has no way to ${change.move}.`);
}

function enter(folded: Folded, { type, audience = "all", message, ...entry }: Entry, now: string): void {
  const conversation = { ...folded.conversation, head: folded.conversation.head + 1 };
  const place = { conversation_id: conversation.id, seq: conversation.head, audience, created_at: now };
  const attributes = type === "attributes" && { attributes: attributesView(conversation) };
  const payload = attributes ? Object.assign({}, entry.payload, attributes) : entry.payload;
  folded.events.push({ ...place, type, payload });
  folded.conversation = conversation;
  if (message === undefined) return;
  folded.messages.push({
    ...place,
    id: message.id,
    author_kind: message.authorKind,
    author_id: message.authorId,
    author_name: message.authorName,
    text: message.text,
    client_id: message.clientId,
    sources: message.sources,
    notice: message.notice,
    answer: message.answer,
    data: message.data,
  });
  folded.conversation = afterWords(conversation, {
    author: message.authorKind,
    audience,
    text: message.text,
    now,
  });
}

type Words = { author: AuthorKind; audience: string; text: string; now: string };

function afterWords(before: ConversationRecord, { author, audience, text, now }: Words): ConversationRecord {
  if (author === "system" || audience !== "all") return before;
  const { head, customerUnread, operatorUnread } = before;
  const snippet = text.replaceAll(/\s+/g, " ").slice(0, 140);
  const said = { ...before, snippet, lastAuthor: author, lastMessageAt: now };
  if (author === "customer") {
    const read = { customerUnread: 0, customerRead: head, operatorUnread: operatorUnread + 1 };
    return { ...said, ...read, snoozedUntil: undefined, lastCustomerSeq: head };
  }
  const read = author === "operator" ? { operatorUnread: 0, operatorRead: head } : {};
  return { ...said, ...read, customerUnread: customerUnread + 1 };
}

function withAttributes(before: ConversationRecord, change: AttributesChange = {}): ConversationRecord {
  const { language, teamId, scope, addTags = [] } = change;
  const added = addTags.filter((tag) => !before.tags.includes(tag));
  return {
    ...before,
    ...(language !== undefined && { language: language ?? undefined }),
    ...(teamId !== undefined && { teamId: teamId ?? undefined }),
    ...(scope !== undefined && { scope: scope ?? undefined }),
    tags: [...before.tags, ...added],
  };
}
