import { z } from "zod";
import { Source } from "./conversation.ts";
import { Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";

/** Where a suggestion's words come from: a language model, passages of the articles, or a canned response. */
export const SuggestionKind = z.enum(["model", "passages", "canned"]);
export type SuggestionKind = z.infer<typeof SuggestionKind>;

/** How a model's options differ: the short answer, the full one, and the question that must be asked first. */
export const Emphasis = z.enum(["direct", "thorough", "ask_back"]);
export type Emphasis = z.infer<typeof Emphasis>;

/** What became of a suggestion: sent as it was, sent in other words, or passed over by the reply. */
export const Outcome = z.enum(["used", "edited", "ignored"]);
export type Outcome = z.infer<typeof Outcome>;

/** One reply that an operator may send. Nothing sends it but a person. */
export const Suggestion = z.object({
  id: Id,
  kind: SuggestionKind,
  emphasis: Emphasis.optional(),
  /** The name of the canned response that it is. */
  title: z.string().optional(),
  /** With marks such as [1] that point to the sources; `wordsToSend` takes them out. */
  text: z.string(),
  /** As docs/decisions/0003 defines it. */
  confidence: z.number().min(0).max(1),
  sources: z.array(Source),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** Why there is no better help: no language model is connected, or it failed just now. */
export const ModelState = z.enum(["ready", "missing", "failed"]);
export type ModelState = z.infer<typeof ModelState>;

/** What was suggested for the customer's newest words already, and what the co-pilot can do here. */
export const CopilotState = z.object({
  model: ModelState,
  /** The customer's words that suggestions answer; absent where there are none yet. */
  question: z.string().optional(),
  /** The customer waits for a person: suggestions are made without being asked for. */
  waiting: z.boolean(),
  suggestions: z.array(Suggestion),
});
export type CopilotState = z.infer<typeof CopilotState>;

/** `fresh` asks for other suggestions than those there are. */
export const SuggestionsBody = z.object({ fresh: z.boolean().default(false) });

const Failed = z.object({ type: z.literal("error"), code: z.string(), message: z.string() });

/** A stream of suggestions: each is shown while it is written, then stands whole; `done` or `error` ends it. */
export const SuggestionEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("delta"),
    id: Id,
    emphasis: Emphasis,
    /** UTF-16 units before this piece. */
    offset: z.number().int().nonnegative(),
    text: z.string(),
  }),
  z.object({ type: z.literal("suggestion"), suggestion: Suggestion }),
  z.object({ type: z.literal("done"), model: ModelState }),
  Failed,
]);
export type SuggestionEvent = z.infer<typeof SuggestionEvent>;

export const RewriteBody = z.object({
  text: MessageText,
  how: z.discriminatedUnion("kind", [
    z.object({ kind: z.enum(["shorter", "friendlier", "grammar"]) }),
    z.object({
      kind: z.literal("translate"),
      /** A language by its tag, such as de or pt-BR. */
      to: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, "is a language tag such as en or pt-BR"),
    }),
  ]),
});
export type RewriteBody = z.infer<typeof RewriteBody>;

/** A stream of a rewritten text; `done` carries it whole. */
export const RewriteEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("delta"), offset: z.number().int().nonnegative(), text: z.string() }),
  z.object({ type: z.literal("done"), text: z.string() }),
  Failed,
]);
export type RewriteEvent = z.infer<typeof RewriteEvent>;

/** What happened so far, for somebody who has not read it. */
export const ConversationSummary = z.object({
  by: z.enum(["model", "keyless"]),
  points: z.array(z.string()),
  /** How far the log had come. */
  head: z.number().int(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

export const AskBody = z.object({ question: Text.pipe(z.string().trim().min(1).max(1_000)) });

/** Passages of the articles that speak to a question, best first, each as a source with its whole text. */
export const AskAnswer = z.object({
  confidence: z.number().min(0).max(1),
  passages: z.array(z.object({ source: Source, text: z.string() })),
});
export type AskAnswer = z.infer<typeof AskAnswer>;

/** A reply in the words of a suggestion: without the marks that point to its sources. */
export function wordsToSend(text: string): string {
  return text
    .replace(/[ \t]*\[\d{1,3}\](?!\()/g, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

// Use per topic ----------------------------------------------------------------------------------------------

export const UseQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) });

/** Replies that were sent while suggestions were shown, by what became of those. */
export const SuggestionUse = z.object({
  replies: z.number().int(),
  used: z.number().int(),
  edited: z.number().int(),
  ignored: z.number().int(),
  /** (used + edited) / replies; absent where there were none. */
  acceptance: z.number().min(0).max(1).optional(),
});
export type SuggestionUse = z.infer<typeof SuggestionUse>;

export const UseReport = z.object({
  since: Moment,
  total: SuggestionUse,
  topics: z.array(SuggestionUse.extend({ topic: z.string() })),
});
export type UseReport = z.infer<typeof UseReport>;

// Test cases -------------------------------------------------------------------------------------------------

const question = Text.pipe(z.string().trim().min(1, "Write what the customer asks.").max(4_000));
const answer = Text.pipe(z.string().trim().min(1, "Write how it should be answered.").max(8_000));
const point = Text.pipe(z.string().trim().min(1).max(500));

/** What was said before the question, oldest first. */
export const CaseHistory = z
  .array(
    z.object({ author: z.enum(["customer", "agent", "operator"]), text: Text.pipe(z.string().max(8_000)) }),
  )
  .max(20);
export type CaseHistory = z.infer<typeof CaseHistory>;

const points = z.array(point).max(12, "Name at most 12 points.");

/** A case by hand, or from an answer of the AI that an operator corrects: question and history stand in its log then. */
export const NewTestCase = z
  .object({
    question: question.optional(),
    /** A good answer; without points its sentences are what must be said. */
    answer,
    /** What an answer must say, each in a few words. */
    points: points.default([]),
    /** The article that the answer should come from. */
    articleId: Id.optional(),
    from: z.object({ conversationId: Id, messageId: Id }).optional(),
  })
  .refine(({ question, from }) => question !== undefined || from !== undefined, {
    path: ["question"],
    message: "Write what the customer asks.",
  });
export type NewTestCase = z.infer<typeof NewTestCase>;

export const SaveTestCaseBody = z.object({ question, answer, points, articleId: Id.nullable() }).partial();
export type SaveTestCaseBody = z.infer<typeof SaveTestCaseBody>;

export const TestCasePath = z.object({ caseId: Id });

export const CaseListQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** How one case went in a run. */
export const CaseResult = z.object({
  caseId: Id,
  passed: z.boolean(),
  /** 0…1: how much of the expected points the answer says. */
  overlap: z.number().min(0).max(1),
  /** The wanted article was among the answer's sources; absent where the case names none. */
  article: z.boolean().optional(),
  confidence: z.number().min(0).max(1),
  /** The answer that was given, shortened. */
  answer: z.string(),
});
export type CaseResult = z.infer<typeof CaseResult>;

export const TestCaseView = z.object({
  id: Id,
  question: z.string(),
  history: CaseHistory,
  answer: z.string(),
  points: z.array(z.string()),
  article: z.object({ id: Id, title: z.string() }).optional(),
  /** The answer of the AI that was corrected. */
  from: z.object({ conversationId: Id, messageId: Id }).optional(),
  createdBy: z.string(),
  createdAt: Moment,
  updatedAt: Moment,
  /** How it went in the newest run that had it. */
  result: CaseResult.omit({ caseId: true })
    .extend({
      /** Why that is worse than in the run before, as a sentence's end. */
      worse: z.string().optional(),
    })
    .optional(),
});
export type TestCaseView = z.infer<typeof TestCaseView>;

export const TestRunView = z.object({
  id: Id,
  ranAt: Moment,
  model: z.string(),
  cases: z.number().int(),
  passed: z.number().int(),
});
export type TestRunView = z.infer<typeof TestRunView>;

const asked = { id: Id, askedBy: z.string(), askedAt: Moment };

/** How far a run is that somebody asked for; `idle` where none is under way, and the newest stands in the list. */
export const TestRunProgress = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("running"),
    ...asked,
    total: z.number().int(),
    /** Of the cases that were asked so far. */
    results: z.array(CaseResult.pick({ caseId: true, passed: true, overlap: true })),
  }),
  z.object({ state: z.literal("failed"), ...asked, problem: z.string() }),
  z.object({ state: z.literal("idle") }),
]);
export type TestRunProgress = z.infer<typeof TestRunProgress>;

export const TestCasePage = z.object({
  cases: z.array(TestCaseView),
  next: z.string().optional(),
  lastRun: TestRunView.optional(),
});
export type TestCasePage = z.infer<typeof TestCasePage>;
