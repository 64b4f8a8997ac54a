import { z } from "zod";
import { Id, Moment } from "./primitives.ts";
import { MessageData } from "./structured.ts";

/** Whose turn a conversation is (DESIGN: states and ownership). */
export const State = z.enum(["ACTIVE", "WAITING_HUMAN", "WITH_HUMAN", "RESOLVED", "ABANDONED"]);
export type State = z.infer<typeof State>;

export const Owner = z.enum(["ai", "queue", "operator", "none"]);
export type Owner = z.infer<typeof Owner>;

export const Move = z.enum([
  "escalate",
  "accept",
  "takeOver",
  "transfer",
  "release",
  "handBack",
  "resolve",
  "abandon",
  "reopen",
]);
export type Move = z.infer<typeof Move>;

/** Why a person is, or was, asked for. */
export const EscalationReason = z.enum([
  "keyword",
  "sentiment",
  "confidence",
  "explicit_request",
  "conversation_length",
  "circles",
  "agent_tool",
  "ai_failure",
  "manual",
]);
export type EscalationReason = z.infer<typeof EscalationReason>;

/** Where an answer's words come from. */
export const Source = z.object({
  number: z.number().int().positive(),
  articleId: Id,
  title: z.string(),
  section: z.string().optional(),
  url: z.string(),
  quote: z.string().optional(),
});
export type Source = z.infer<typeof Source>;

export const Attachment = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int().nonnegative(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  url: z.string(),
});
export type Attachment = z.infer<typeof Attachment>;

/** A line the system writes; windows may word it in their own language from `kind` and `name`. */
export const Notice = z.object({
  kind: z.enum([
    "offer",
    "escalated",
    "no_operators",
    "joined",
    "handed_back",
    "transferred",
    "released",
    "resolved",
    "abandoned",
    "reopened",
    "ai_failed",
    "rate",
    "rated",
  ]),
  name: z.string().optional(),
  reason: EscalationReason.optional(),
  position: z.number().int().positive().optional(),
  /** The company's own words, which no window may put in its place. */
  own: z.literal(true).optional(),
  /** When somebody is there again, where nobody is now. */
  backAt: Moment.optional(),
  /** Windows ask for an address with it, where none is known. */
  asks: z.literal("email").optional(),
});
export type Notice = z.infer<typeof Notice>;

export const AuthorKind = z.enum(["customer", "agent", "operator", "system"]);
export type AuthorKind = z.infer<typeof AuthorKind>;

export const Author = z.object({
  kind: AuthorKind,
  id: z.string().optional(),
  name: z.string().optional(),
});
export type Author = z.infer<typeof Author>;

/** What an AI answer says about itself. */
export const Answer = z.object({
  runId: Id,
  confidence: z.number().min(0).max(1).optional(),
  outcome: z.enum(["complete", "interrupted", "stopped"]),
  model: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

/**
 * How far a message of ours came on its platform. `sending` and `waiting` are on their way (`waiting` after a try that
 * failed); `unknown` left without an answer, so nobody knows whether it arrived.
 */
export const Delivery = z.object({
  state: z.enum(["waiting", "sending", "sent", "delivered", "read", "failed", "unknown"]),
  /** Why, in words for operators. */
  words: z.string().optional(),
  at: Moment,
});
export type Delivery = z.infer<typeof Delivery>;

/** One entry of the log as windows show it. `audience: "operators"` marks an internal note. */
export const MessageView = z.object({
  id: Id,
  conversationId: Id,
  seq: z.number().int().positive(),
  author: Author,
  text: z.string(),
  audience: z.enum(["all", "operators"]),
  clientId: z.string().optional(),
  replyTo: Id.optional(),
  sources: z.array(Source).optional(),
  attachments: z.array(Attachment).optional(),
  notice: Notice.optional(),
  answer: Answer.optional(),
  /** What a reader does not know, it leaves out: the text says the same. */
  data: MessageData.optional().catch(undefined),
  /** Only operators are told, and only where the conversation is on a platform. */
  delivery: Delivery.optional(),
  createdAt: Moment,
});
export type MessageView = z.infer<typeof MessageView>;

/** How far each side has seen the log; pointers only move forward. */
export const Receipts = z.object({
  customerRead: z.number().int().nonnegative(),
  operatorRead: z.number().int().nonnegative(),
});
export type Receipts = z.infer<typeof Receipts>;

export const OperatorRef = z.object({ id: z.string(), name: z.string(), image: z.string().optional() });
export type OperatorRef = z.infer<typeof OperatorRef>;

/** What every window knows about a conversation's ownership. */
export const StateView = z.object({
  state: State,
  owner: Owner,
  epoch: z.number().int().nonnegative(),
  operator: OperatorRef.optional(),
  since: Moment,
  /** 1 is next; only while waiting. */
  position: z.number().int().positive().optional(),
  /** How long the wait will last, where enough others have waited to say so. */
  estimateMinutes: z.number().int().positive().optional(),
  /** A person was offered and the customer has not answered the offer yet. */
  offered: z.boolean(),
});
export type StateView = z.infer<typeof StateView>;
