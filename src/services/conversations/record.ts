import type { Due, Scope } from "#contracts/attributes";
import type { LiveCall } from "#contracts/calls";
import type { ChannelName } from "#contracts/channel";
import type { AuthorKind, EscalationReason, State } from "#contracts/conversation";

/** A conversation's row with the names that lists show beside it. Moments are ISO texts. */
export type ConversationRecord = {
  id: string;
  companyId: string;
  agentId: string;
  contactId: string;
  channel: ChannelName;
  /** Where it lives on its platform; none in the web chat. */
  threadId: string | undefined;
  state: State;
  epoch: number;
  head: number;
  operatorId: string | undefined;
  stateSince: string;
  waitingSince: string | undefined;
  reason: EscalationReason | undefined;
  offered: boolean;
  snippet: string;
  lastAuthor: AuthorKind | undefined;
  lastMessageAt: string;
  lastCustomerSeq: number;
  customerUnread: number;
  operatorUnread: number;
  customerRead: number;
  operatorRead: number;
  createdAt: string;
  closedAt: string | undefined;
  topic: string;
  teamId: string | undefined;
  skills: string[];
  language: string | undefined;
  tags: string[];
  snoozedUntil: string | undefined;
  /** When a snooze ran out last. */
  wokenAt: string | undefined;
  due: Due | undefined;
  scope: Scope | undefined;
  liveCall: LiveCall | undefined;
  /** Answers that did not arrive on their platform, or are not known to have. */
  undelivered: number;
  contactName: string;
  agentName: string;
  operatorName: string | undefined;
  operatorImage: string | undefined;
};

/** Reads a conversation row as Postgres writes it in JSON. */
export function conversationRecord(row: Record<string, unknown>): ConversationRecord {
  return {
    id: text(row.id),
    companyId: text(row.company_id),
    agentId: text(row.agent_id),
    contactId: text(row.contact_id),
    channel: row.channel as ChannelName,
    threadId: optional(row.thread_id),
    state: row.state as State,
    epoch: Number(row.epoch),
    head: Number(row.head),
    operatorId: optional(row.operator_id),
    stateSince: moment(row.state_since),
    waitingSince: optionalMoment(row.waiting_since),
    reason: optional(row.reason) as EscalationReason | undefined,
    offered: row.offered === true,
    snippet: text(row.snippet),
    lastAuthor: optional(row.last_author) as AuthorKind | undefined,
    lastMessageAt: moment(row.last_message_at),
    lastCustomerSeq: Number(row.last_customer_seq),
    customerUnread: Number(row.customer_unread),
    operatorUnread: Number(row.operator_unread),
    customerRead: Number(row.customer_read),
    operatorRead: Number(row.operator_read),
    createdAt: moment(row.created_at),
    closedAt: optionalMoment(row.closed_at),
    topic: text(row.topic),
    teamId: optional(row.team_id),
    skills: row.skills as string[],
    language: optional(row.language),
    tags: row.tags as string[],
    snoozedUntil: optionalMoment(row.snoozed_until),
    wokenAt: optionalMoment(row.woken_at),
    due: (row.due ?? undefined) as Due | undefined,
    scope: (row.scope ?? undefined) as Scope | undefined,
    liveCall: (row.live_call ?? undefined) as LiveCall | undefined,
    undelivered: Number(row.undelivered ?? 0),
    contactName: text(row.contact_name),
    agentName: text(row.agent_name),
    operatorName: optional(row.operator_name),
    operatorImage: optional(row.operator_image),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optional(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Turns a date, or Postgres's way of writing one in JSON, into ISO 8601 in UTC. */
export function moment(value: unknown): string {
  return value instanceof Date ? value.toISOString() : new Date(String(value)).toISOString();
}

function optionalMoment(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : moment(value);
}
