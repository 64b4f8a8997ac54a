import { z } from "zod";
import { Attributes } from "./attributes.ts";
import { CallView } from "./calls.ts";
import { AuthorKind, Delivery, MessageView, Move, OperatorRef, Receipts, StateView } from "./conversation.ts";
import { AlertView, UnreadAlerts } from "./notifications.ts";
import { ConversationRow } from "./operator.ts";
import { Id, Moment } from "./primitives.ts";
import { telephonyEventNames } from "./telephony.ts";
import { TopicView } from "./topics.ts";

/** Every name that a stream event may have. */
export const eventNames = [
  "connected",
  "snapshot",
  "message",
  "thinking",
  "delta",
  "complete",
  "interrupted",
  "superseded",
  "state",
  "agent_joined",
  "agent_left",
  "typing",
  "read",
  "delivery",
  "attributes",
  "call",
  "topics",
  "queue",
  "row",
  "assignment",
  "new_escalation",
  "new_message",
  "alert",
  "alerts_read",
  "data",
  "suggestion",
  "done",
  "presence",
  "reset",
  "heartbeat",
  "error",
  ...telephonyEventNames,
] as const;
export type EventName = (typeof eventNames)[number];

const inConversation = { conversationId: Id };
const numbered = { ...inConversation, seq: z.number().int().positive() };
const run = { ...inConversation, runId: Id, messageId: Id };

/** A conversation as its customer sees it, with the cursor from which the stream goes on. */
export const ConversationSnapshot = z.object({
  ...inConversation,
  head: z.number().int().nonnegative(),
  messages: z.array(MessageView),
  /** More messages stand before the first one shown. */
  more: z.boolean(),
  state: StateView,
  receipts: Receipts,
  run: z.object({ runId: Id, messageId: Id, text: z.string(), thinking: z.boolean() }).optional(),
});
export type ConversationSnapshot = z.infer<typeof ConversationSnapshot>;

const Mover = z.object({ kind: z.enum(["operator", "key"]), id: z.string(), name: z.string() });

/** Durable: a row of the log, numbered without gaps in its conversation, replayed on resume. */
export const DurableEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message"), ...numbered, message: MessageView }),
  z.object({
    type: z.literal("state"),
    ...numbered,
    move: Move,
    state: StateView,
    reason: z.string().optional(),
    note: z.string().optional(),
    /** Who made the move, where it was a person of the company or one of its programs. */
    by: Mover.optional(),
  }),
  // For operators only: how far a message of ours came on its platform.
  z.object({ type: z.literal("delivery"), ...numbered, messageId: Id, delivery: Delivery }),
  // For operators only: what they know of the conversation besides its words, whole, after a change.
  z.object({ type: z.literal("attributes"), ...numbered, attributes: Attributes, by: Mover.optional() }),
  // For operators only: a phone call, whole, after a change: it began, went on, ended, or more is known of its end.
  z.object({
    type: z.literal("call"),
    ...numbered,
    call: CallView,
    change: z.enum(["initiated", "progress", "ended", "detail"]),
  }),
]);
export type DurableEvent = z.infer<typeof DurableEvent>;

/** Fleeting: published only; losing one harms nothing. */
export const FleetingEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("thinking"), ...run }),
  /** `offset` counts UTF-16 units before this piece. */
  z.object({ type: z.literal("delta"), ...run, offset: z.number().int().nonnegative(), text: z.string() }),
  z.object({ type: z.literal("complete"), ...run, seq: z.number().int().positive() }),
  z.object({ type: z.literal("interrupted"), ...run, reason: z.enum(["stopped", "failed"]) }),
  z.object({ type: z.literal("superseded"), ...run }),
  z.object({
    type: z.literal("typing"),
    ...inConversation,
    author: AuthorKind,
    authorId: z.string().optional(),
    name: z.string().optional(),
    typing: z.boolean(),
  }),
  z.object({ type: z.literal("read"), ...inConversation, receipts: Receipts }),
  z.object({ type: z.literal("agent_joined"), ...inConversation, operator: OperatorRef }),
  z.object({ type: z.literal("agent_left"), ...inConversation, operator: OperatorRef.optional() }),
  z.object({
    type: z.literal("queue"),
    ...inConversation,
    position: z.number().int().positive(),
    estimateMinutes: z.number().int().positive().optional(),
  }),
  z.object({
    type: z.literal("presence"),
    conversationId: Id.optional(),
    operators: z.array(OperatorRef.extend({ status: z.enum(["online", "away", "offline"]) })),
    customerOnline: z.boolean().optional(),
  }),
  z.object({ type: z.literal("row"), ...inConversation, row: ConversationRow }),
  // For the customer only, in each of their windows: all their topics, after something has changed in one.
  z.object({ type: z.literal("topics"), ...inConversation, topics: z.array(TopicView) }),
]);
export type FleetingEvent = z.infer<typeof FleetingEvent>;

/** What a stream says about itself. */
export const StreamEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("connected"),
    stream: z.enum(["conversation", "operator"]),
    streamId: z.string(),
    conversationId: Id.optional(),
    heartbeatSeconds: z.number(),
    time: Moment,
  }),
  z.object({ type: z.literal("reset"), reason: z.string() }),
  z.object({
    type: z.literal("heartbeat"),
    time: Moment,
    head: z.string(),
    subscribers: z.number().int().nonnegative(),
  }),
  z.object({ type: z.literal("error"), code: z.string(), message: z.string() }),
]);
export type StreamEvent = z.infer<typeof StreamEvent>;

/** Operator notifications of the topics `agent:{id}:notifications` and `company:{id}:queue`. */
export const Notification = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("new_escalation"),
    ...inConversation,
    customer: z.string(),
    reason: z.string(),
  }),
  z.object({
    type: z.literal("new_message"),
    ...inConversation,
    customer: z.string(),
    seq: z.number().int(),
  }),
  z.object({
    type: z.literal("assignment"),
    ...inConversation,
    operator: OperatorRef.optional(),
    customer: z.string(),
  }),
  // For one operator: what stands unread, after something was added to it or taken from it.
  z.object({ type: z.literal("alert"), ...inConversation, alert: AlertView, unread: UnreadAlerts }),
  // Which were read; all of them where none is named.
  z.object({ type: z.literal("alerts_read"), ids: z.array(Id).optional(), unread: UnreadAlerts }),
]);
export type Notification = z.infer<typeof Notification>;

export type LiveEvent = DurableEvent | FleetingEvent | Notification;

/** One page of the log for clients that poll; `next` is the cursor to ask with. */
export const EventPage = z.object({
  events: z.array(DurableEvent),
  next: z.string(),
  more: z.boolean(),
});
export type EventPage = z.infer<typeof EventPage>;
