import type { AskedRating, RatingView, Score } from "#contracts/rating";
import { type Guard, oneOf, shape, text } from "./guard.ts";

/** What each score means in words, the worst first. */
export const scoreWords: readonly [Score, string][] = [
  [1, "Very bad"],
  [2, "Bad"],
  [3, "All right"],
  [4, "Good"],
  [5, "Very good"],
];

const isScore: Guard<Score> = (value): value is Score => scoreWords.some(([score]) => score === value);

export const isRating: Guard<RatingView> = shape(
  { of: oneOf("ai", "human"), name: text, askedAt: text },
  { score: isScore, comment: text, givenAt: text, changeableUntil: text },
);

export const isAskedRating: Guard<AskedRating> = shape({}, { rating: isRating });
