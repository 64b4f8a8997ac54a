import { z } from "zod";
import { Cursor, Id, Moment, Text } from "./primitives.ts";

export const articleStatuses = ["published", "draft"] as const;
export const ArticleStatus = z.enum(articleStatuses);

export const ArticleLanguage = z
  .string()
  .max(12)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, 'A language tag such as "en" or "de-AT".');

export const ArticleSlug = z
  .string()
  .max(80)
  .regex(/^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u, "Lower-case words joined by hyphens.");

/** What an operator sends to create or change an article. */
export const ArticleBody = z.object({
  title: Text.transform((value) => value.trim()).pipe(
    z.string().min(1, "An article needs a title.").max(200),
  ),
  slug: ArticleSlug.optional(),
  language: ArticleLanguage.default("en"),
  body: Text.pipe(z.string().max(200_000)),
  status: ArticleStatus.default("published"),
});
export type ArticleBody = z.input<typeof ArticleBody>;

export const ArticlePath = z.object({ articleId: Id });

export const ArticleListQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  status: ArticleStatus.optional(),
});
export type ArticleListQuery = z.input<typeof ArticleListQuery>;

/** One line of the list of articles. */
export const ArticleSummary = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  language: z.string(),
  status: ArticleStatus,
  version: z.number().int(),
  createdAt: Moment,
  updatedAt: Moment,
});
export type ArticleSummary = z.infer<typeof ArticleSummary>;

export const ArticleView = ArticleSummary.extend({ body: z.string() });
export type ArticleView = z.infer<typeof ArticleView>;

export const ArticlePage = z.object({ articles: z.array(ArticleSummary), next: z.string().optional() });
export type ArticlePage = z.infer<typeof ArticlePage>;

/** What saving did, for the answer and for the audit. */
export const SavedArticle = z.object({
  article: ArticleView,
  change: z.enum(["created", "updated", "unchanged"]),
  passages: z.number().int(),
});
export type SavedArticle = z.infer<typeof SavedArticle>;

/** Why a passage ranks where it does; the ledger keeps it. */
export const ScoreParts = z.object({
  /** BM25F over the customer's own words in the article. */
  words: z.number(),
  /** BM25F over the concepts that those words name. */
  concepts: z.number(),
  /** The passage by itself. */
  passage: z.number(),
  /** Pairs of words that stand together in question and article. */
  pairs: z.number(),
  /** What the title alone says of the question. */
  title: z.number(),
  /** The share of the question's weight that the article speaks to, 0…1. */
  coverage: z.number(),
  /** How many telling words the question has: chatter counts little, a greeting nothing. */
  asked: z.number(),
});
export type ScoreParts = z.infer<typeof ScoreParts>;

/** A passage found for a question. */
export const PassageHit = z.object({
  passageId: Id,
  articleId: Id,
  articleTitle: z.string(),
  slug: z.string(),
  section: z.string(),
  anchor: z.string(),
  text: z.string(),
  language: z.string(),
  score: z.number(),
  parts: ScoreParts,
});
export type PassageHit = z.infer<typeof PassageHit>;

/** What an answer rests on, shown as a numbered source. */
export const AnswerSource = z.object({
  number: z.number().int(),
  articleId: z.string(),
  passageId: z.string(),
  title: z.string(),
  section: z.string(),
  slug: z.string(),
  anchor: z.string(),
  quote: z.string(),
});
export type AnswerSource = z.infer<typeof AnswerSource>;
