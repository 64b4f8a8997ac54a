import type { RatedOf, Score } from "#contracts/rating";
import { newId } from "#lib/ids";
import { pick, pickWeighted } from "#lib/seeded";
import { ratingLines, type ToldRating } from "#services/chat";
import type { Chance } from "./chance.ts";
import type { Course } from "./course.ts";
import type { Voice } from "./scenarios.ts";

type Habit = { answers: number; weights: [score: Score, weight: number][]; within: [number, number] };

const minute = 60_000;
const habits: Record<RatedOf, Habit> = {
  ai: {
    answers: 0.24,
    weights: [
      [5, 47],
      [4, 26],
      [3, 12],
      [2, 8],
      [1, 7],
    ],
    within: [20, 600],
  },
  human: {
    answers: 0.46,
    weights: [
      [5, 63],
      [4, 22],
      [3, 8],
      [2, 4],
      [1, 3],
    ],
    within: [1, 40],
  },
};

/** Asks the customer of a web chat how it was, once it has ended, and has some of them answer. */
export function rateCourse(course: Course, voice: Voice, chance: Chance, now: Date): ToldRating[] {
  const ended = course.steps.at(-1)?.now;
  const last = course.heard.findLast(
    ({ author, audience }) => audience === "all" && (author.kind === "agent" || author.kind === "operator"),
  );
  if (ended === undefined || ended >= now || last === undefined) return [];
  if (course.channel !== "web" || (course.state !== "RESOLVED" && course.state !== "ABANDONED")) return [];
  const of = last.author.kind === "agent" ? "ai" : "human";
  const askedAt = new Date(ended.getTime() + 2_000);
  const rating: ToldRating = {
    id: newId(askedAt.getTime()),
    conversationId: course.id,
    of,
    operatorId: of === "human" ? last.author.id : undefined,
    name: last.author.name ?? "our team",
    messageId: newId(askedAt.getTime()),
    askedAt,
    given: given(habits[of], askedAt, voice, chance),
  };
  const known = { ...rating, given: rating.given && rating.given.at <= now ? rating.given : undefined };
  const [question, answer] = ratingLines(known);
  course.step(askedAt, { messages: [question] });
  if (answer !== undefined && known.given !== undefined) course.step(known.given.at, { messages: [answer] });
  return [known];
}

function given(
  { answers, weights, within }: Habit,
  askedAt: Date,
  voice: Voice,
  chance: Chance,
): ToldRating["given"] {
  if (!chance.of(answers)) return undefined;
  const [score] = pickWeighted(chance.random, weights, ([, weight]) => weight);
  const at = new Date(askedAt.getTime() + Math.round(chance.between(...within) * minute));
  const words = score >= 4 ? voice.praise : voice.blame;
  const remarks = chance.of(0.35) && score !== 3;
  return { at, score, ...(remarks && { comment: pick(chance.random, words) }) };
}
