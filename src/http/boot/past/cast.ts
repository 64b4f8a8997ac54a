import type { RuleSet } from "#contracts/escalation";
import type { Schedule } from "#contracts/office-hours";
import type { OperatorCard } from "#services/accounts";

/** Who and what the demo's conversations are about. */
export type Cast = {
  agent: { id: string; name: string };
  operators: OperatorCard[];
  teams: Map<string, string>;
  articles: Map<string, { id: string; title: string; url: string }>;
  rules: RuleSet;
  schedule: Schedule;
};

/** Of each team, who is not in it: who stands in the workshop takes no orders, and the other way round. */
const outsiders: Record<string, string> = { Orders: "Lena Vogt", Workshop: "Anna Berg" };

/** The operators of a team. */
export function membersOf(operators: OperatorCard[], team: string): OperatorCard[] {
  return operators.filter(({ name }) => name !== outsiders[team]);
}

const weekday = [{ from: "08:00", to: "20:00" }];
const weekend = [{ from: "10:00", to: "18:00" }];

/** The hours at which the demo's people are there, on the clock of a place. */
export function demoSchedule(timeZone: string): Schedule {
  const [monday, tuesday, wednesday, thursday, friday] = [weekday, weekday, weekday, weekday, weekday];
  const week = { monday, tuesday, wednesday, thursday, friday, saturday: weekend, sunday: weekend };
  return { timeZone, week, holidays: [] };
}
