import { z } from "zod";
import { ChannelName } from "./channel.ts";
import { State } from "./conversation.ts";
import { CalendarDate, TimeZone } from "./office-hours.ts";
import { Cursor, Id, Moment, Text } from "./primitives.ts";

/** Every number there is; what each means stands in its definition, and nowhere else. */
export const NumberId = z.enum([
  "conversations",
  "out_of_hours",
  "ai_involved",
  "contained",
  "deflected",
  "person_involved",
  "first_response",
  "first_response_ai",
  "first_response_person",
  "next_response_ai",
  "next_response_person",
  "escalations",
  "escalation_rate",
  "handover_wait",
  "waits_left",
  "resolutions",
  "resolved_confirmed",
  "resolved_assumed",
  "resolution_lasted",
  "resolution_time",
  "rating_ai",
  "rating_person",
  "rating_answered",
  "sla_kept",
  "sla_broken",
  "copilot_replies",
  "copilot_accepted",
]);
export type NumberId = z.infer<typeof NumberId>;

/** `count` of things, `share` of them (0 to 1), `duration` in seconds at the median, `score` from 1 to 5 on average. */
export const Unit = z.enum(["count", "share", "duration", "score"]);
export type Unit = z.infer<typeof Unit>;

/** What a number is; the page shows it beside the number. */
export const Definition = z.object({
  id: NumberId,
  name: z.string(),
  definition: z.string(),
  unit: Unit,
  /** Which way is better; absent where neither is. */
  better: z.enum(["up", "down"]).optional(),
  /** What one of its rows is, in the plural. */
  rows: z.string(),
});
export type Definition = z.infer<typeof Definition>;

/** Anything that numbers can be split by. */
export const Dimension = z.enum([
  "channel",
  "agent",
  "team",
  "operator",
  "topic",
  "tag",
  "rule",
  "reason",
  "how",
  "score",
  "policy",
  "outcome",
]);
export type Dimension = z.infer<typeof Dimension>;

const word = Text.pipe(z.string().trim().min(1).max(200));

const filters = {
  channel: ChannelName.optional(),
  agentId: Id.optional(),
  teamId: Id.optional(),
  operatorId: Id.optional(),
  topic: word.optional(),
  tag: word.optional(),
  /** Only what began within office hours, or only what began outside of them. */
  hours: z.enum(["all", "in", "out"]).default("all"),
  /** Whether durations count every second, or only those in office hours. */
  clock: z.enum(["wall", "office"]).default("wall"),
};

const range = {
  /** The first and the last day, both counted whole, on the wall clock of `zone`: the last 30 days where they are left out. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
  /** The company's own where it is left out. */
  zone: TimeZone.optional(),
};

const day = 24 * 60 * 60_000;
const mostDays = 731;

type Range = { from?: string | undefined; to?: string | undefined };

function isRange({ from, to }: Range): boolean {
  if (from === undefined || to === undefined) return true;
  const days = (Date.parse(to) - Date.parse(from)) / day;
  return days >= 0 && days < mostDays;
}
const rangeWords = {
  path: ["to"],
  message: "Choose a range that ends after it begins, of two years at most.",
};

const asked = { ...range, ...filters };

export const ReportQuery = z
  .object({
    ...asked,
    numbers: z
      .string()
      .transform((names) => names.split(","))
      .pipe(z.array(NumberId).min(1).max(NumberId.options.length))
      .optional(),
    by: z.enum(["day", "week"]).default("day"),
    /** Also the range of the same length just before. */
    compare: z.enum(["previous", "none"]).default("none"),
  })
  .refine(isRange, rangeWords);
export type ReportQuery = z.infer<typeof ReportQuery>;

/** One number over some rows: `value` is absent where there were none. */
export const Measure = z.object({
  value: z.number().optional(),
  /** Nine of ten are at most this long; durations only. */
  p90: z.number().optional(),
  /** How many rows it rests on. */
  rows: z.number().int(),
});
export type Measure = z.infer<typeof Measure>;

/** A day or a week, by its first day; a week that the range cuts off holds only what lies within. */
export const Point = Measure.extend({ from: CalendarDate });
export type Point = z.infer<typeof Point>;

/** What service level policies promise, in seconds of a duration or as a share, and which of them do. */
export const Target = z.object({
  value: z.number(),
  policies: z.array(z.string()),
  /** The promise runs in office hours only. */
  inHours: z.boolean(),
});
export type Target = z.infer<typeof Target>;

export const ReportNumber = Definition.extend({
  total: Measure,
  /** The tightest first; absent where nothing of it is promised. */
  targets: z.array(Target).optional(),
  previous: Measure.optional(),
  points: z.array(Point),
  /** As many as `points`, of the range before. */
  previousPoints: z.array(Point).optional(),
});
export type ReportNumber = z.infer<typeof ReportNumber>;

export const Report = z.object({
  from: CalendarDate,
  to: CalendarDate,
  previous: z.object({ from: CalendarDate, to: CalendarDate }).optional(),
  zone: z.string(),
  /** False where the company has set no office hours: every moment is within them then. */
  hasHours: z.boolean(),
  /** What happened until then is counted. */
  asOf: Moment,
  /** Older conversations are still being counted: numbers of the past may grow. */
  filling: z.boolean(),
  numbers: z.array(ReportNumber),
});
export type Report = z.infer<typeof Report>;

export const BreakdownQuery = z
  .object({ ...asked, number: NumberId.default("conversations"), by: Dimension.default("channel") })
  .refine(isRange, rangeWords);
export type BreakdownQuery = z.infer<typeof BreakdownQuery>;

export const BreakdownPart = Measure.extend({
  /** What to ask for with `part`; empty for what has none. */
  key: z.string(),
  label: z.string(),
});
export type BreakdownPart = z.infer<typeof BreakdownPart>;

/** The largest parts of a number; `others` says how many more there are. */
export const Breakdown = z.object({ parts: z.array(BreakdownPart), others: z.number().int() });
export type Breakdown = z.infer<typeof Breakdown>;

export const HeatmapQuery = z
  .object({ ...asked, number: NumberId.default("conversations") })
  .refine(isRange, rangeWords);
export type HeatmapQuery = z.infer<typeof HeatmapQuery>;

/** How much happened at each hour of the week: seven days from Monday, each of 24 hours, on the wall clock of `zone`. */
export const Heatmap = z.object({ cells: z.array(z.array(z.number().int())), zone: z.string() });
export type Heatmap = z.infer<typeof Heatmap>;

const askedOfRows = {
  ...asked,
  number: NumberId.default("conversations"),
  /** Only one part of a breakdown. */
  by: Dimension.optional(),
  part: z.string().max(200).optional(),
  /** Only one hour of the week; Monday is 0. */
  weekday: z.coerce.number().int().min(0).max(6).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
};

export const RowsQuery = z
  .object({
    ...askedOfRows,
    sort: z.enum(["newest", "largest"]).default("newest"),
    cursor: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  })
  .refine(isRange, rangeWords);
export type RowsQuery = z.infer<typeof RowsQuery>;

/** One of the rows that a number rests on, with its conversation. */
export const FactRow = z.object({
  conversationId: Id,
  customer: z.string(),
  channel: ChannelName,
  topic: z.string(),
  state: State,
  snippet: z.string(),
  operator: z.string().optional(),
  at: Moment,
  /** What the row adds: seconds, or stars. */
  value: z.number().optional(),
  /** Whether it counts towards a share. */
  counts: z.boolean(),
  /** A customer's remark, where the row is a rating. */
  comment: z.string().optional(),
});
export type FactRow = z.infer<typeof FactRow>;
export const RowsPage = z.object({ rows: z.array(FactRow), next: z.string().optional() });
export type RowsPage = z.infer<typeof RowsPage>;

/** The same rows as a table for spreadsheets: all of them at once. */
export const RowsTableQuery = z
  .object({ ...askedOfRows, sort: z.enum(["newest", "largest"]).default("newest") })
  .refine(isRange, rangeWords);
export type RowsTableQuery = z.infer<typeof RowsTableQuery>;

/** What a range can be narrowed to. */
export const FilterChoices = z.object({
  channels: z.array(ChannelName),
  agents: z.array(z.object({ id: Id, name: z.string() })),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  operators: z.array(z.object({ id: Id, name: z.string() })),
  topics: z.array(z.string()),
  tags: z.array(z.string()),
});
export type FilterChoices = z.infer<typeof FilterChoices>;

/** How things stand this very moment. */
export const Wall = z.object({
  open: z.number().int(),
  withAi: z.number().int(),
  waiting: z.number().int(),
  /** Since when the first in line waits. */
  longestSince: Moment.optional(),
  operatorsOnline: z.number().int(),
  operatorsAway: z.number().int(),
  at: Moment,
});
export type Wall = z.infer<typeof Wall>;
