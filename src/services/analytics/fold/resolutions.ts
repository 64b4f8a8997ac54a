import type { State } from "#contracts/conversation";
import { type Entry, type Hours, type Moved, type Said, type Span, spanOf } from "./entry.ts";

const hour = 60 * 60_000;
/** A customer who is quiet for so long after the assistant's answer is taken to have what they came for. */
export const quietFor = 24 * hour;
/** A solution that holds for so long has lasted. */
export const lastingFor = 7 * 24 * hour;

/** A stretch of a conversation that came to a good end. */
export type Resolution = Span & {
  seq: number;
  at: Date;
  author: "agent" | "operator";
  operatorId: string | undefined;
  /** Who says so: the customer's words, a rating, a person who closed it, or nobody but the quiet. */
  how: "customer" | "rating" | "person" | "quiet";
  /** When the customer came back to it. */
  reopenedAt: Date | undefined;
};

/** A rating that a customer gave. */
export type Given = { score: number; askedAt: Date; at: Date };

/** What a customer wants solved, from their first words on. */
type Stretch = {
  since: Date;
  answer: Said | undefined;
  answered: boolean;
  thanked: boolean;
  person: boolean;
};

/** The good ends of a conversation, and when time alone may add one: undefined where it cannot. */
export function resolutionsOf(
  entries: readonly Entry[],
  ratings: readonly Given[],
  { hours, now }: { hours: Hours; now: Date },
): { resolutions: Resolution[]; settlesAt: Date | undefined } {
  const found: Resolution[] = [];
  let stretch: Stretch | undefined;
  let state: State = "ACTIVE";

  for (const entry of entries) {
    const speaks = entry.kind === "moved" || entry.author !== "agent";
    if (speaks && isQuietAt(entry.at)) end("quiet", stretch?.answer);
    if (entry.kind === "moved") moved(entry);
    else if (entry.author === "customer") asked(entry);
    else if (stretch !== undefined && (entry.author === "operator" || state === "ACTIVE"))
      answered(stretch, entry);
  }
  if (isQuietAt(now)) end("quiet", stretch?.answer);
  confirm(found, ratings);
  return { resolutions: found, settlesAt: quietSince(stretch, state) };

  function moved(entry: Moved): void {
    const before = state;
    state = entry.state;
    if (entry.move === "resolve") closed(entry);
    // Whoever needs a person has not got what they came for, whatever was said before.
    if (entry.move === "escalate" && stretch !== undefined) stretch.answered = false;
    if (entry.move !== "abandon") return;
    if (before === "ACTIVE" && stretch?.answered) end("quiet", stretch.answer);
    stretch = undefined;
  }

  function closed(entry: Moved): void {
    const last = found.at(-1);
    if (stretch !== undefined) end("person", entry);
    else if (last?.how === "quiet" && last.reopenedAt === undefined) last.how = "person";
  }

  function asked({ at, thanks }: Said): void {
    if (stretch !== undefined) {
      stretch.thanked = thanks && stretch.answer !== undefined;
      if (!stretch.thanked) stretch.answered = false;
      return;
    }
    if (thanks) return;
    const last = found.at(-1);
    if (last !== undefined) last.reopenedAt ??= at;
    stretch = { since: at, answer: undefined, answered: false, thanked: false, person: false };
  }

  function end(how: "quiet" | "person", by: Said | Moved | undefined): void {
    if (stretch === undefined || by === undefined) return;
    const { since, thanked, person, answer } = stretch;
    const author = person || answer === undefined ? "operator" : answer.author;
    found.push({
      seq: by.seq,
      at: by.at,
      author: author === "operator" ? "operator" : "agent",
      operatorId: operatorOf(by) ?? answer?.operatorId,
      how: how === "quiet" && thanked ? "customer" : how,
      reopenedAt: undefined,
      ...spanOf(since, by.at, hours),
    });
    stretch = undefined;
  }

  function isQuietAt(moment: Date): boolean {
    const due = quietSince(stretch, state);
    return due !== undefined && due <= moment;
  }
}

/** When nothing more need be said for a stretch to count as solved. */
function quietSince(stretch: Stretch | undefined, state: State): Date | undefined {
  const { answer, answered = false } = stretch ?? {};
  if (state !== "ACTIVE" || !answered || answer?.author !== "agent") return undefined;
  return new Date(answer.at.getTime() + quietFor);
}

function answered(stretch: Stretch, entry: Said): void {
  if (entry.author === "operator") stretch.person = true;
  // “You're welcome” is not what solved it.
  if (stretch.thanked && entry.author === "agent") return;
  stretch.answer = entry;
  stretch.answered = true;
}

function operatorOf(by: Said | Moved): string | undefined {
  return by.kind === "moved" ? by.by : by.operatorId;
}

/** A good rating confirms what was only assumed before it. */
function confirm(found: Resolution[], ratings: readonly Given[]): void {
  for (const { score, at } of ratings) {
    const last = found.findLast((resolution) => resolution.at <= at);
    if (score >= 4 && last?.how === "quiet") last.how = "rating";
  }
}
