import { z } from "zod";
import { ChannelName } from "./channel.ts";
import { AttributeValue, ConfidenceThreshold, MessageCount, SentimentThreshold } from "./conditions.ts";
import { RuleSet, Rules, RuleWords, Verdict } from "./escalation.ts";
import { Cursor, Id, Moment, Text } from "./primitives.ts";

const Author = z.object({ id: z.string(), name: z.string() });
const Version = z.number().int().min(1);

// Draft ------------------------------------------------------------------------------------------------------

/** One difference between two versions, as a sentence; `ruleId` where it is about one rule. */
export const RuleChange = z.object({
  kind: z.enum(["added", "removed", "changed", "words"]),
  ruleId: z.string().optional(),
  /** Which field of the rule: its name in the rule, such as `threshold`. */
  field: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  sentence: z.string(),
});
export type RuleChange = z.infer<typeof RuleChange>;

/** What looks wrong without being impossible; the rules can be saved and published all the same. */
export const RuleWarning = z.object({
  kind: z.enum(["contradiction", "duplicate", "never_fires", "shadowed", "unknown_team"]),
  /** The rules it is about, the one to look at first in front. */
  ruleIds: z.array(z.string()).min(1),
  sentence: z.string(),
});
export type RuleWarning = z.infer<typeof RuleWarning>;

/** A company's one draft, or the published rules where none was begun (`saved` is false, `revision` 0). */
export const RuleDraft = z.object({
  rules: Rules,
  words: RuleWords,
  saved: z.boolean(),
  /** Rises with each save; the next one says which it was made on. */
  revision: z.number().int().nonnegative(),
  /** The published version that the draft was begun on, or was last brought up to. */
  basedOn: Version,
  published: Version,
  updatedBy: Author.optional(),
  updatedAt: Moment.optional(),
  /** From the published rules to the draft. */
  changes: z.array(RuleChange),
  warnings: z.array(RuleWarning),
});
export type RuleDraft = z.infer<typeof RuleDraft>;

const MOST = 2_147_483_647;
const Revision = z.int().min(0).max(MOST);

/** Saves the draft. `conflict` if somebody saved another meanwhile; `basedOn` may name a newer version to go on from. */
export const SaveDraftBody = z.object({
  rules: Rules,
  words: RuleWords.default({}),
  revision: Revision,
  basedOn: z.int().min(1).max(MOST),
});
export type SaveDraftBody = z.infer<typeof SaveDraftBody>;

export const DraftQuery = z.object({ revision: z.coerce.number().int().min(0).max(MOST) });

/** Publishes the draft of this revision. `conflict` if the draft is not based on the newest version. */
export const PublishDraftBody = z.object({
  revision: z.int().min(1).max(MOST),
  note: Text.pipe(z.string().trim().max(500, "Use at most 500 letters.")).optional(),
});
export type PublishDraftBody = z.infer<typeof PublishDraftBody>;

// History ----------------------------------------------------------------------------------------------------

/** A published version; the first is what every company begins with and has no author. */
export const RuleVersion = z.object({
  version: Version,
  current: z.boolean(),
  publishedAt: Moment.optional(),
  by: Author.optional(),
  note: z.string().optional(),
  /** How many rules it holds, and how many of them are switched on. */
  rules: z.number().int(),
  enabled: z.number().int(),
});
export type RuleVersion = z.infer<typeof RuleVersion>;

export const RuleHistoryQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const RuleHistory = z.object({ versions: z.array(RuleVersion), next: z.string().optional() });
export type RuleHistory = z.infer<typeof RuleHistory>;

export const VersionPath = z.object({ version: z.coerce.number().int().min(1).max(MOST) });

/** What to compare a version with: another by number, the one before, the published one, or the draft. */
export const CompareQuery = z.object({
  against: z
    .union([z.enum(["current", "previous", "draft"]), z.coerce.number().int().min(1).max(MOST)])
    .default("current"),
});

/** A version whole, with what changed from `against` to it. */
export const RuleVersionDetail = RuleVersion.extend({
  set: RuleSet,
  against: z.union([z.literal("draft"), Version]),
  changes: z.array(RuleChange),
});
export type RuleVersionDetail = z.infer<typeof RuleVersionDetail>;

/** Copies a version into the draft. `conflict` if somebody saved a draft of another revision meanwhile. */
export const RestoreBody = z.object({ revision: Revision });

// Test box ---------------------------------------------------------------------------------------------------

/** Which rules to try: the published ones, the saved draft, or those on the page just now. */
export const TriedRules = z.union([z.enum(["draft", "published"]), Rules]);
export type TriedRules = z.infer<typeof TriedRules>;

/** What to take for granted about a typed message; left out, a plain first message in the web chat. */
export const Assumed = z.object({
  channel: ChannelName.optional(),
  language: z.string().max(20).optional(),
  topic: z.string().max(60).optional(),
  officeHours: z.enum(["open", "closed"]).optional(),
  attributes: z.record(z.string().max(60), AttributeValue).optional(),
  messages: MessageCount.optional(),
  /** Left out, the mood is read from the text. */
  sentiment: SentimentThreshold.optional(),
  /** How often this question was asked, this time included. */
  sameQuestion: z.int().min(1).max(50).optional(),
  /** Left out, the agent has not answered yet. */
  confidence: ConfidenceThreshold.optional(),
  /** Earlier moods and certainties, oldest first. */
  earlierSentiments: z.array(SentimentThreshold).max(9).optional(),
  earlierConfidences: z.array(ConfidenceThreshold).max(9).optional(),
  alreadyOffered: z.boolean().optional(),
});
export type Assumed = z.infer<typeof Assumed>;

export const TestRulesBody = z.object({
  rules: TriedRules,
  on: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("text"),
      text: Text.pipe(z.string().max(8_000, "Use at most 8,000 letters.")),
      assume: Assumed.default({}),
    }),
    z.object({ kind: z.literal("conversation"), conversationId: Id }),
  ]),
});
export type TestRulesBody = z.infer<typeof TestRulesBody>;

/** What the rules make of one turn. */
export const TestedTurn = z.object({
  /** The number of the customer's message; none for a typed one. */
  seq: z.number().int().optional(),
  at: Moment.optional(),
  text: z.string(),
  verdict: Verdict,
  /** What was decided then, under the rules of then. */
  recorded: z
    .object({ outcome: Verdict.shape.outcome, sentence: z.string(), version: z.number().int().optional() })
    .optional(),
});
export type TestedTurn = z.infer<typeof TestedTurn>;

/** The answer of the test box: each turn, oldest first, and the one that decides. */
export const TestedRules = z.object({
  outcome: Verdict.shape.outcome,
  sentence: z.string(),
  /** The place in `turns` of the first that brings a person in; absent where none does. */
  decidedBy: z.number().int().optional(),
  turns: z.array(TestedTurn),
  /** A longer conversation is tried in its newest turns only. */
  more: z.boolean(),
});
export type TestedRules = z.infer<typeof TestedRules>;
