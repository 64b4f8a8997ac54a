// Who gets what: a whole queue against a whole staff, decided at once.
import { type Desk, route, type Waiting } from "#services/handover";
import { seeded } from "#support/random";
import { add, atMost, type Gathered, median } from "./figures.ts";

const operators = 200;
const waiting = 500;
const skills = Array.from({ length: 20 }, (_, at) => `skill-${at}`);
const teams = Array.from({ length: 8 }, (_, at) => `team-${at}`);
const languages = ["en", "de", "fr", "es"];

/** How long one decision over all of them takes, and how much longer than the same over a tenth of both. */
export function measureRouting(gathered: Gathered): void {
  const few = gathered.line(`Routing, ${operators / 10} operators, ${waiting / 10} waiting`, "ms");
  const many = gathered.line(`Routing, ${operators} operators, ${waiting} waiting`, "ms", [
    atMost("needed", 50, "≤ 50 ms", (line) => median(line.sides.baton ?? [])),
  ]);
  for (const [line, part] of [
    [few, 0.1],
    [many, 1],
  ] as const) {
    const staff = aStaff(operators * part);
    const queue = aQueue(waiting * part);
    const times = Array.from({ length: 30 }, () => {
      const began = performance.now();
      route(queue, staff, { lastOperatorFirst: true, overflowAfterSeconds: 300 }, now);
      return performance.now() - began;
    });
    add(line, "baton", median(times));
  }
}

const now = Date.parse("2026-11-25T10:00:00Z");

function aStaff(many: number): Desk[] {
  const random = seeded(7);
  return Array.from({ length: many }, (_, at) => ({
    id: `operator-${at}`,
    here: random() < 0.9,
    capacity: 5,
    load: Math.floor(random() * 4),
    languages: languages.filter(() => random() < 0.5),
    skills: new Map(skills.filter(() => random() < 0.3).map((name) => [name, 1 + Math.floor(random() * 5)])),
    teams: new Set(teams.filter(() => random() < 0.3)),
    lastGivenAt: Math.floor(random() * now),
  }));
}

function aQueue(many: number): Waiting[] {
  const random = seeded(11);
  const some = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  return Array.from({ length: many }, (_, at) => ({
    id: `conversation-${at}`,
    since: now - Math.floor(random() * 600_000),
    teamId: random() < 0.5 ? some(teams) : undefined,
    skills: skills
      .filter(() => random() < 0.1)
      .map((name) => ({ name, level: 1 + Math.floor(random() * 3) })),
    language: random() < 0.6 ? some(languages) : undefined,
    lastOperatorId: random() < 0.2 ? `operator-${Math.floor(random() * operators)}` : undefined,
  }));
}
