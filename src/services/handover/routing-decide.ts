import type { RoutingSettings, Skill } from "#contracts/desk";

/** Somebody of the company as routing sees them. */
export type Desk = {
  id: string;
  /** Online, and not away. */
  here: boolean;
  capacity: number;
  load: number;
  languages: string[];
  skills: Map<string, number>;
  teams: Set<string>;
  /** When they were last given a conversation, in milliseconds; 0 for never. */
  lastGivenAt: number;
};

/** A conversation that waits, in its place. */
export type Waiting = {
  id: string;
  since: number;
  teamId: string | undefined;
  skills: Skill[];
  language: string | undefined;
  /** Who spoke with this customer last. */
  lastOperatorId: string | undefined;
};

export type Decision = { conversationId: string; operatorId: string };

type Wishes = { team: boolean; language: boolean; skills: Skill[] };

/**
 * Who gets what: each conversation in its turn, to whoever is free and least busy of those it needs. What nobody of the
 * company could meet, or what has waited for too long, is a wish and no condition.
 */
export function route(
  waiting: Waiting[],
  staff: Desk[],
  settings: Pick<RoutingSettings, "lastOperatorFirst" | "overflowAfterSeconds">,
  now: number,
): Decision[] {
  const possible = whatStaffCanDo(staff);
  let free = staff.filter(isFree).map((desk) => ({ ...desk }));
  const decisions: Decision[] = [];
  for (const one of waiting) {
    if (free.length === 0) break;
    const chosen = choose(one, free, { settings, possible, now });
    if (chosen === undefined) continue;
    decisions.push({ conversationId: one.id, operatorId: chosen.id });
    chosen.load += 1;
    chosen.lastGivenAt = now;
    if (!isFree(chosen)) free = free.filter(({ id }) => id !== chosen.id);
  }
  return decisions;
}

/** When a conversation that waits becomes less choosy; undefined where that is past, or never comes. */
export function overflowsAt(
  { since }: Pick<Waiting, "since">,
  { overflowAfterSeconds }: Pick<RoutingSettings, "overflowAfterSeconds">,
  now: number,
): number | undefined {
  if (overflowAfterSeconds === null) return undefined;
  const at = since + overflowAfterSeconds * 1_000;
  return at > now ? at : undefined;
}

function isFree({ here, load, capacity }: Desk): boolean {
  return here && load < capacity;
}

type Given = {
  settings: Pick<RoutingSettings, "lastOperatorFirst" | "overflowAfterSeconds">;
  possible: ReturnType<typeof whatStaffCanDo>;
  now: number;
};

function choose(one: Waiting, free: Desk[], { settings, possible, now }: Given): Desk | undefined {
  const { overflowAfterSeconds, lastOperatorFirst } = settings;
  const choosy = overflowAfterSeconds === null || now - one.since < overflowAfterSeconds * 1_000;
  const needs: Wishes = {
    team: choosy && one.teamId !== undefined && possible.teams.has(one.teamId),
    language: choosy && one.language !== undefined && possible.speaks(one.language),
    skills: choosy ? one.skills.filter(({ name, level }) => (possible.skills.get(name) ?? 0) >= level) : [],
  };
  let best: Standing | undefined;
  for (const desk of free) {
    if (!meets(desk, one, needs)) continue;
    if (lastOperatorFirst && desk.id === one.lastOperatorId) return desk;
    const standing = standingOf(desk, one);
    if (best === undefined || isBetter(standing, best)) best = standing;
  }
  return best?.desk;
}

function meets(desk: Desk, { teamId, language }: Waiting, needs: Wishes): boolean {
  if (needs.team && teamId !== undefined && !desk.teams.has(teamId)) return false;
  if (needs.language && language !== undefined && !speaks(desk, language)) return false;
  return needs.skills.every(({ name, level }) => (desk.skills.get(name) ?? 0) >= level);
}

/** How well an operator stands for a conversation: how much of it they meet, how busy they are, how much they know. */
type Standing = { desk: Desk; met: number; busy: number; knowledge: number };

function standingOf(desk: Desk, { teamId, language, skills }: Waiting): Standing {
  let met = 0;
  let knowledge = 0;
  if (teamId === undefined || desk.teams.has(teamId)) met += 1;
  if (language === undefined || speaks(desk, language)) met += 1;
  for (const { name, level } of skills) {
    const has = desk.skills.get(name) ?? 0;
    if (has >= level) met += 1;
    knowledge += has;
  }
  return { desk, met, busy: desk.load / desk.capacity, knowledge };
}

/** Meets more; else is less busy; else knows more of what is needed; else was given nothing for longer. */
function isBetter(a: Standing, b: Standing): boolean {
  if (a.met !== b.met) return a.met > b.met;
  if (a.busy !== b.busy) return a.busy < b.busy;
  if (a.knowledge !== b.knowledge) return a.knowledge > b.knowledge;
  if (a.desk.lastGivenAt !== b.desk.lastGivenAt) return a.desk.lastGivenAt < b.desk.lastGivenAt;
  return a.desk.id < b.desk.id;
}

function speaks({ languages }: Desk, language: string): boolean {
  return languages.length === 0 || languages.includes(language);
}

/** What somebody of the company, here or not, is able to do. */
function whatStaffCanDo(staff: Desk[]) {
  const teams = new Set(staff.flatMap((desk) => [...desk.teams]));
  const languages = new Set(staff.flatMap((desk) => desk.languages));
  const anyLanguage = staff.some((desk) => desk.languages.length === 0);
  const skills = new Map<string, number>();
  for (const [name, level] of staff.flatMap((desk) => [...desk.skills])) {
    skills.set(name, Math.max(level, skills.get(name) ?? 0));
  }
  return { teams, skills, speaks: (language: string) => anyLanguage || languages.has(language) };
}
