import type { ClockKind, Due } from "#contracts/attributes";
import type { PolicyTargets, SlaPolicyBody } from "#contracts/desk";
import type { Schedule } from "#contracts/office-hours";
import { addOpenTime, isEverOpen, isOpen, nextChange, nextOpen, openBetween } from "#contracts/open-time";
import { type ClockFacts, isRunning } from "./sla-facts.ts";

/** A policy with the hours that its clocks keep; without hours they run by night as well. */
export type Promised = { targets: PolicyTargets; schedule: Schedule | undefined };

/** A clock under a policy. */
export type Measured = {
  kind: ClockKind;
  startedAt: Date;
  minutes: number;
  /** Absent while it stands still. */
  warnAt: Date | undefined;
  dueAt: Date | undefined;
  metAt: Date | undefined;
  endedAt: Date | undefined;
  /** When it was broken, where it has been by now. */
  brokenAt: Date | undefined;
};

const minuteMs = 60_000;
const warnedAfter = 0.75;

/** What a policy promises of a kind, in minutes. */
export function promiseOf(targets: PolicyTargets, kind: ClockKind): number | undefined {
  if (kind === "first_response") return targets.firstResponse;
  return kind === "next_response" ? targets.nextResponse : targets.resolution;
}

/** The clock under a policy as it stands at `now`; undefined where the policy promises nothing of its kind. */
export function measure(facts: ClockFacts, promised: Promised, now: Date): Measured | undefined {
  const minutes = promiseOf(promised.targets, facts.kind);
  if (minutes === undefined) return undefined;
  const at = (part: number) => momentAfter(facts.ran, minutes * part, promised.schedule);
  const dueAt = at(1);
  // Broken is what ran out before it was met, also where nobody looked at that moment.
  const brokenAt = dueAt !== undefined && dueAt <= now ? dueAt : undefined;
  return {
    kind: facts.kind,
    startedAt: new Date(facts.startedAt),
    minutes,
    warnAt: isRunning(facts) ? at(warnedAfter) : undefined,
    dueAt: isRunning(facts) ? dueAt : undefined,
    metAt: dateOf(facts.metAt),
    endedAt: dateOf(facts.endedAt),
    brokenAt,
  };
}

/** The clock that ends first, as windows show it. */
export function nearest(clocks: Measured[], schedule: Schedule | undefined, now: Date): Due | undefined {
  const [first] = clocks
    .flatMap((clock) =>
      clock.dueAt === undefined || clock.warnAt === undefined
        ? []
        : [{ ...clock, dueAt: clock.dueAt, warnAt: clock.warnAt }],
    )
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  if (first === undefined) return undefined;
  const stands = schedule !== undefined && isEverOpen(schedule, now) && !isOpen(schedule, now);
  return {
    kind: first.kind,
    since: first.startedAt.toISOString(),
    warnAt: first.warnAt.toISOString(),
    at: first.dueAt.toISOString(),
    pausedUntil: stands ? nextOpen(schedule, now)?.toISOString() : undefined,
  };
}

/** When clocks must be looked at again although nothing happens: a warning, an end, hours that begin or end. */
export function nextLook(clocks: Measured[], schedule: Schedule | undefined, now: Date): Date | undefined {
  const running = clocks.filter(({ dueAt }) => dueAt !== undefined);
  if (running.length === 0) return undefined;
  const change = schedule && nextChange(schedule, now);
  const moments = [...running.flatMap(({ warnAt, dueAt }) => [warnAt, dueAt]), change];
  const ahead = moments.flatMap((moment) => (moment !== undefined && moment > now ? [moment.getTime()] : []));
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}

/** The first enabled policy that is for a conversation, in the order in which they are asked. */
export function policyFor<P extends Pick<SlaPolicyBody, "match" | "enabled">>(
  policies: P[],
  of: { channel: string; teamId: string | undefined; topic: string; tags: string[] },
): P | undefined {
  return policies.find(({ enabled, match }) => {
    const { channels, teams, topics, tags } = match;
    return (
      enabled &&
      allows(channels, [of.channel]) &&
      allows(teams, of.teamId === undefined ? [] : [of.teamId]) &&
      allows(topics, [of.topic]) &&
      allows(tags, of.tags)
    );
  });
}

function allows(wanted: string[] | undefined, has: string[]): boolean {
  return wanted === undefined || wanted.length === 0 || has.some((one) => wanted.includes(one));
}

/** The moment at which a clock has run for so long; undefined where it stands still before that. */
function momentAfter(
  ran: ClockFacts["ran"],
  minutes: number,
  schedule: Schedule | undefined,
): Date | undefined {
  let left = minutes;
  for (const [from, to] of ran) {
    const end = later(new Date(from), left, schedule);
    if (to === null) return end;
    if (end.getTime() < to) return end;
    left -= between(new Date(from), new Date(to), schedule);
  }
  return undefined;
}

// Hours that never are open cannot stop a clock: it would never ring, and nobody would come.
function later(from: Date, minutes: number, schedule: Schedule | undefined): Date {
  const open = schedule && addOpenTime(schedule, from, minutes);
  return open ?? new Date(from.getTime() + minutes * minuteMs);
}

function between(from: Date, to: Date, schedule: Schedule | undefined): number {
  if (schedule === undefined || !isEverOpen(schedule, from))
    return (to.getTime() - from.getTime()) / minuteMs;
  return openBetween(schedule, from, to);
}

function dateOf(moment: number | undefined): Date | undefined {
  return moment === undefined ? undefined : new Date(moment);
}
