import type { Definition, Dimension } from "#contracts/analytics";

/**
 * A table of facts, or a query that looks like one, in a FROM clause as `f`. All have conversation_id, seq, company_id, at,
 * channel, agent_id, team_id, operator_id, topic, tags and in_hours. Whatever changes its rows marks their days as changed
 * (lib/changed-days.ts): what was counted of a day is remembered until then.
 */
export type Source = {
  from: string;
  /** What its rows can be split by, besides what all can. */
  splits: Dimension[];
  /** A customer's remark, where rows have one. */
  comment?: string;
};

/**
 * What a number is, in words and in SQL: the rows it rests on, and for a share those of them that count. Whoever asks for the
 * rows behind a number gets them by the very same conditions.
 */
export type NumberDefinition = Definition & {
  source: Source;
  where: string;
  /** Of a share: which rows count. */
  hits?: string;
  /** Of a duration: what policies promise of it. Of a share: that it is of all their promises. */
  promise?: "firstResponse" | "nextResponse" | "all";
  /** Of a score: the column that holds it. Durations are in `seconds` and `open_seconds` of every source. */
  value?: string;
};
