import { z } from "zod";

/** What can lead to a person. */
export const Trigger = z.enum([
  "keyword",
  "sentiment",
  "confidence",
  "explicit_request",
  "conversation_length",
  "agent_tool",
  "ai_failure",
  "manual",
]);
export type Trigger = z.infer<typeof Trigger>;

/** What a rule does when it fires: ask the customer first, or go to the queue at once. */
export const EscalationAction = z.enum(["offer", "escalate"]);
export type EscalationAction = z.infer<typeof EscalationAction>;

export const MAX_RULES = 50;
export const MAX_WORDS = 100;

const shared = {
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1, "Give the rule a name.").max(80),
  enabled: z.boolean(),
  // 1 is looked at first.
  priority: z.int().min(1).max(1000),
  action: EscalationAction,
};

const words = (what: string) =>
  z
    .array(
      z
        .string()
        .trim()
        .max(80)
        .regex(/[\p{L}\p{N}]/u, `An empty ${what} would match nothing.`),
    )
    .max(MAX_WORDS);

export const KeywordRule = z.object({
  ...shared,
  trigger: z.literal("keyword"),
  keywords: words("keyword").min(1, "Name at least one keyword."),
});

export const SentimentRule = z.object({
  ...shared,
  trigger: z.literal("sentiment"),
  threshold: z.number().min(-1).max(1),
  // One score alone never escalates.
  consecutive: z.int().min(2, "Sentiment needs at least two messages in a row.").max(10),
});

export const ConfidenceRule = z.object({
  ...shared,
  trigger: z.literal("confidence"),
  threshold: z.number().min(0).max(1),
  consecutive: z.int().min(1).max(10).default(1),
});

export const ExplicitRequestRule = z.object({
  ...shared,
  trigger: z.literal("explicit_request"),
  phrases: words("phrase").default([]),
});

export const ConversationLengthRule = z.object({
  ...shared,
  trigger: z.literal("conversation_length"),
  maxMessages: z.int().min(1).max(1000),
});

export const AgentToolRule = z.object({ ...shared, trigger: z.literal("agent_tool") });
export const AiFailureRule = z.object({ ...shared, trigger: z.literal("ai_failure") });
export const ManualRule = z.object({ ...shared, trigger: z.literal("manual") });

export const EscalationRule = z.discriminatedUnion("trigger", [
  KeywordRule,
  SentimentRule,
  ConfidenceRule,
  ExplicitRequestRule,
  ConversationLengthRule,
  AgentToolRule,
  AiFailureRule,
  ManualRule,
]);
export type EscalationRule = z.infer<typeof EscalationRule>;

export const RuleSet = z
  .object({
    version: z.int().min(0),
    rules: z.array(EscalationRule).max(MAX_RULES, `At most ${MAX_RULES} rules.`),
  })
  .refine(({ rules }) => new Set(rules.map((rule) => rule.id)).size === rules.length, {
    path: ["rules"],
    message: "Two rules share one id.",
  });
export type RuleSet = z.infer<typeof RuleSet>;

/** How sure the recogniser is that a message asks for a person, and the frame of speech it saw. */
export const ExplicitRequest = z.object({
  asks: z.boolean(),
  score: z.number().min(0).max(1),
  why: z.string(),
});
export type ExplicitRequest = z.infer<typeof ExplicitRequest>;

/**
 * What a turn measured, kept with the turn so that any rule set can be run over it later. The customer's
 * words are not repeated here: they stand in the message row, and draft keywords are matched against them.
 * An absent measure was not taken in this phase of the turn.
 */
export const Signals = z.object({
  // Messages in the conversation so far, this one included.
  messages: z.int().min(1),
  alreadyOffered: z.boolean(),
  explicit: ExplicitRequest.optional(),
  sentiment: z.number().min(-1).max(1).optional(),
  sentimentSource: z.enum(["lexicon", "model"]).optional(),
  // Earlier customer messages and answers, oldest first; this turn's own value is not among them.
  earlierSentiments: z.array(z.number().min(-1).max(1)).max(9),
  confidence: z.number().min(0).max(1).optional(),
  earlierConfidences: z.array(z.number().min(0).max(1)).max(9),
  // How often this question was asked in the conversation, this time included.
  sameQuestion: z.int().min(0).optional(),
  agentTool: z.object({ called: z.boolean(), reason: z.string().max(500).optional() }).optional(),
  aiFailure: z.object({ failed: z.boolean(), kind: z.string().max(80).optional() }).optional(),
  manual: z.object({ by: z.enum(["customer", "operator"]) }).optional(),
});
export type Signals = z.infer<typeof Signals>;

const measure = z.union([z.number(), z.string(), z.boolean()]);

/** One rule's line in the ledger of a turn. */
export const RuleTrace = z.object({
  ruleId: z.string(),
  trigger: Trigger,
  name: z.string(),
  enabled: z.boolean(),
  input: z.string(),
  threshold: measure.optional(),
  value: measure.optional(),
  fired: z.boolean(),
  // By how much an enabled, measured rule missed, in the unit of its threshold.
  nearMiss: z.number().min(0).optional(),
  sentence: z.string(),
});
export type RuleTrace = z.infer<typeof RuleTrace>;

export const Verdict = z.object({
  outcome: z.enum(["none", "offer", "escalate"]),
  reason: Trigger.optional(),
  ruleId: z.string().optional(),
  sentence: z.string(),
  trace: z.array(RuleTrace),
});
export type Verdict = z.infer<typeof Verdict>;
