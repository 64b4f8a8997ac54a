import type { BreakdownQuery, Dimension } from "#contracts/analytics";
import { AppError } from "#lib/errors";
import type { NumberDefinition } from "./numbers/definition.ts";

export type Filters = Pick<
  BreakdownQuery,
  "channel" | "agentId" | "teamId" | "operatorId" | "topic" | "tag" | "hours" | "clock"
>;

/** Collects the values of a statement and hands out their placeholders. */
export class Values {
  readonly all: unknown[] = [];

  add(value: unknown, type = ""): string {
    this.all.push(value);
    return `$${this.all.length}${type === "" ? "" : `::${type}`}`;
  }
}

/** The condition that holds for what a report was narrowed to. */
export function narrowedTo(filters: Filters, values: Values): string {
  const { channel, agentId, teamId, operatorId, topic, tag, hours } = filters;
  const conditions = [
    channel && `f.channel = ${values.add(channel)}`,
    agentId && `f.agent_id = ${values.add(agentId, "uuid")}`,
    teamId && `f.team_id = ${values.add(teamId, "uuid")}`,
    operatorId && `f.operator_id = ${values.add(operatorId, "uuid")}`,
    topic && `f.topic = ${values.add(topic)}`,
    tag && `${values.add(tag)} = ANY(f.tags)`,
    hours === "in" && "f.in_hours",
    hours === "out" && "NOT f.in_hours",
  ].filter((condition) => typeof condition === "string" && condition !== "");
  return conditions.length === 0 ? "true" : conditions.join(" AND ");
}

/** What rows are split by: a dimension, or the hour of the day on a wall clock. */
export type Split = Dimension | { hourIn: string };

const columns: Record<Dimension, string> = {
  channel: "f.channel",
  agent: "f.agent_id::text",
  team: "f.team_id::text",
  operator: "f.operator_id::text",
  topic: "f.topic",
  tag: "split.tag",
  rule: "f.rule_id",
  reason: "f.reason",
  how: "f.how",
  score: "f.score::text",
  policy: "f.policy",
  outcome: "f.outcome",
};
const everywhere: readonly Dimension[] = ["channel", "agent", "team", "operator", "topic", "tag"];

/** The text by which rows are split, and what must be joined for it. Throws `invalid` for what a number has not. */
export function splitBy(
  split: Split | undefined,
  { source, name }: NumberDefinition,
  values: Values,
): { key: string; join: string } {
  if (split === undefined) return { key: "''", join: "" };
  if (typeof split === "object") {
    return {
      key: `extract(hour FROM f.at AT TIME ZONE ${values.add(split.hourIn, "text")})::text`,
      join: "",
    };
  }
  if (!everywhere.includes(split) && !source.splits.includes(split)) {
    throw new AppError("invalid", `“${name}” cannot be split by ${split}.`);
  }
  const join = split === "tag" ? "LEFT JOIN LATERAL unnest(f.tags) AS split (tag) ON true" : "";
  return { key: `coalesce(${columns[split]}, '')`, join };
}

/** The column that a number's values stand in; undefined where it only counts. */
export function measuredIn(
  { unit, value }: NumberDefinition,
  clock: Filters["clock"],
): { column: string; slot: string } | undefined {
  if (unit === "score" && value !== undefined) return { column: value, slot: value };
  if (unit !== "duration") return undefined;
  const column = clock === "office" ? "f.open_seconds" : "f.seconds";
  return { column, slot: `duration_slot(${column})` };
}
