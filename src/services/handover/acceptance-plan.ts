import type { ChainStep, RoutingSettings } from "#contracts/desk";
import { type Desk, route } from "./routing-decide.ts";
import type { Queued, Standing } from "./routing-read.ts";

/** What the chain does for a conversation now. */
export type Told =
  | { kind: "operator"; operatorId: string }
  | { kind: "team"; teamId: string }
  | { kind: "push" | "email" };

/** The chain's next act, or when to look again; neither once it has come to its end. */
export type ChainPlan =
  | { act: Told; standing: Standing }
  | { act: undefined; lookAt: number | undefined; ended: Standing | undefined };

type Given = {
  settings: RoutingSettings;
  staff: Desk[];
  /** The teams there are; a step to one that is gone is passed over. */
  teams: Set<string>;
  now: number;
};

/** Decides what the acceptance chain does for a conversation that nobody has: each step once, those that cannot be taken passed over. */
export function chainPlan(queued: Queued, given: Given): ChainPlan {
  const { settings, now } = given;
  const { chain, chainAfterSeconds } = settings;
  const begins = queued.beganAt + chainAfterSeconds * 1_000;
  const current = queued.standing ?? { step: -1, operatorId: undefined, tried: [], until: begins };
  if (current.step >= chain.length) return { act: undefined, lookAt: undefined, ended: undefined };
  if (now < current.until) return { act: undefined, lookAt: current.until, ended: undefined };
  for (let at = current.step + 1; at < chain.length; at += 1) {
    const step = chain[at];
    const act = step && actOf(step, queued, current, given);
    if (step === undefined || act === undefined) continue;
    const operatorId = act.kind === "operator" ? act.operatorId : undefined;
    const tried = operatorId === undefined ? current.tried : [...current.tried, operatorId];
    return { act, standing: { step: at, operatorId, tried, until: now + step.seconds * 1_000 } };
  }
  const ended = { ...current, step: chain.length, operatorId: undefined };
  return { act: undefined, lookAt: undefined, ended: chain.length === 0 ? undefined : ended };
}

function actOf({ to }: ChainStep, queued: Queued, { tried }: Standing, given: Given): Told | undefined {
  if (to.kind === "push" || to.kind === "email") return { kind: to.kind };
  if (to.kind === "team") {
    return given.teams.has(to.teamId) ? { kind: "team", teamId: to.teamId } : undefined;
  }
  const { settings, staff, now } = given;
  // Whoever could have been found was given it already.
  if (to.operatorId === undefined && settings.mode === "automatic") return undefined;
  const askable = staff.map((desk) => ({ ...desk, here: desk.here && !tried.includes(desk.id) }));
  if (to.operatorId !== undefined) {
    const named = askable.find(({ id }) => id === to.operatorId);
    return named?.here === true ? { kind: "operator", operatorId: named.id } : undefined;
  }
  const [decision] = route([queued], askable, settings, now);
  return decision && { kind: "operator", operatorId: decision.operatorId };
}
