import { z } from "zod";
import { ChannelName } from "./channel.ts";
import { Cursor, Id, Moment } from "./primitives.ts";
import { TriedRules } from "./rules.ts";

export const MOST_CONVERSATIONS = 50_000;

const TimeZone = z.string().max(64).refine(isTimeZone, "Use a time zone such as Europe/Berlin.");

/** Asks for a draft to be run over the newest conversations. The rules are kept as they are in this moment. */
export const AskBacktestBody = z.object({
  rules: TriedRules.default("draft"),
  conversations: z
    .int("Say a whole number of conversations.")
    .min(1, "Look at one conversation at least.")
    .max(MOST_CONVERSATIONS, `Look at ${MOST_CONVERSATIONS.toLocaleString("en")} conversations at most.`),
  /** For the hours of the report. */
  timeZone: TimeZone.default("UTC"),
});
export type AskBacktestBody = z.infer<typeof AskBacktestBody>;

export const BacktestPath = z.object({ backtestId: Id });

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** In how many conversations a person came in, before and with the draft; `more` are those only the draft brings. */
const Shift = z.object({ before: count, after: count, more: count, fewer: count });

/** Of those whom the rules brought a person, how many needed one; of those who needed one, how many got one. */
const Hits = z.object({
  hits: count,
  chosen: count,
  wanted: count,
  precision: share.optional(),
  recall: share.optional(),
});

/** Rules held against what really happened. `definition` says what counts, in one sentence for a tooltip. */
export const Quality = z.object({
  id: z.enum(["by_hand", "with_person", "low_rating"]),
  name: z.string(),
  definition: z.string(),
  before: Hits,
  after: Hits,
});
export type Quality = z.infer<typeof Quality>;

/** One hour of the week, Monday 0 to Sunday 6: how many were called to the queue, or offered a person, in the whole period. */
export const HourLoad = z.object({
  day: z.number().int().min(0).max(6),
  hour: z.number().int().min(0).max(23),
  before: count,
  after: count,
  offersBefore: count,
  offersAfter: count,
  /** Operators there in this hour: those who wrote in it, on average, or all members where nobody ever did. */
  staff: z.number().nonnegative(),
});
export type HourLoad = z.infer<typeof HourLoad>;

export const BacktestReport = z.object({
  conversations: count,
  turns: count,
  from: Moment.optional(),
  to: Moment.optional(),
  /** Conversations that the rules put in the queue. */
  called: Shift,
  /** Conversations in which the rules offered a person, or called one. */
  brought: Shift,
  /** Where both bring a person: how many turns the draft is earlier (below 0) or later; ends hold all beyond. */
  turnsMoved: z.object({
    earlier: count,
    later: count,
    same: count,
    histogram: z.array(z.object({ turns: z.number().int(), conversations: count })),
  }),
  quality: z.array(Quality),
  /** Which rule brought the person first, in how many conversations. */
  byRule: z.array(z.object({ ruleId: z.string(), name: z.string(), before: count, after: count })),
  load: z.object({
    timeZone: z.string(),
    /** By which the totals of the hours are to be divided for an average week. */
    weeks: z.number().positive(),
    hours: z.array(HourLoad).length(168),
    staffing: z.enum(["active", "members"]),
  }),
  /** Turns from before some fact was kept (language, topic, hours, attributes): rules that ask for it cannot fire there. */
  turnsWithoutFacts: count,
  changed: count,
});
export type BacktestReport = z.infer<typeof BacktestReport>;

export const BacktestView = z.object({
  id: Id,
  state: z.enum(["queued", "running", "done", "cancelled", "failed"]),
  /** The version the rules were based on. */
  basedOn: z.number().int(),
  /** How many conversations were asked for; `total` is how many there are, once that is known. */
  asked: count,
  done: count,
  total: count.optional(),
  by: z.object({ id: z.string(), name: z.string() }).optional(),
  createdAt: Moment,
  startedAt: Moment.optional(),
  finishedAt: Moment.optional(),
  /** Why it failed, in words for the reader. */
  problem: z.string().optional(),
  report: BacktestReport.optional(),
});
export type BacktestView = z.infer<typeof BacktestView>;

export const BacktestsQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
/** Newest first; the report itself only with one. */
export const BacktestPage = z.object({
  backtests: z.array(BacktestView.omit({ report: true })),
  next: z.string().optional(),
});
export type BacktestPage = z.infer<typeof BacktestPage>;

export const ChangeKind = z.enum(["more", "fewer", "earlier", "later"]);
export type ChangeKind = z.infer<typeof ChangeKind>;

const Moved = z.object({
  /** Which turn of the conversation, from 1. */
  turn: z.number().int(),
  seq: z.number().int(),
  outcome: z.enum(["offer", "escalate"]),
  ruleId: z.string().optional(),
  sentence: z.string(),
});

/** A conversation that the draft would have changed. */
export const ChangedConversation = z.object({
  conversationId: Id,
  kind: ChangeKind,
  /** How many turns earlier (below 0) or later; absent where one of the two brings no person. */
  turns: z.number().int().optional(),
  customer: z.string(),
  channel: ChannelName,
  /** The customer's words at the turn that decides. */
  words: z.string(),
  at: Moment,
  before: Moved.optional(),
  after: Moved.optional(),
  /** An operator took it from the AI by their own decision, or gave it to a colleague, a team or the queue. */
  takenByHand: z.boolean(),
  /** A person answered in it. */
  withPerson: z.boolean(),
  /** The customer rated the AI low; absent where they did not rate it. */
  lowRating: z.boolean().optional(),
});
export type ChangedConversation = z.infer<typeof ChangedConversation>;

export const ChangedQuery = z.object({
  kind: ChangeKind.optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const ChangedPage = z.object({
  conversations: z.array(ChangedConversation),
  next: z.string().optional(),
});
export type ChangedPage = z.infer<typeof ChangedPage>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
