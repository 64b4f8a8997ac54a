import { z } from "zod";
import { Moment, Text } from "./primitives.ts";

/** Whom a rating is about: the AI, or a person. */
export const RatedOf = z.enum(["ai", "human"]);
export type RatedOf = z.infer<typeof RatedOf>;

/** One tap: 1 is very bad, 5 is very good. */
export const Score = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type Score = z.infer<typeof Score>;

export const RatingBody = z.object({
  score: Score,
  /** Left out, an earlier comment stays. */
  comment: Text.pipe(z.string().trim().max(1_000, "Use at most 1,000 letters.")).optional(),
});
export type RatingBody = z.infer<typeof RatingBody>;

/** What a customer was asked at the end of a conversation, and what they answered. */
export const RatingView = z.object({
  of: RatedOf,
  /** Who of the company ended it, as the customer knows them. */
  name: z.string(),
  score: Score.optional(),
  comment: z.string().optional(),
  askedAt: Moment,
  givenAt: Moment.optional(),
  /** An answer can be changed until then. */
  changeableUntil: Moment.optional(),
});
export type RatingView = z.infer<typeof RatingView>;

/** The newest question that this chat's customer was asked; absent where none was. */
export const AskedRating = z.object({ rating: RatingView.optional() });
export type AskedRating = z.infer<typeof AskedRating>;
