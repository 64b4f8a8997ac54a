import { z } from "zod";
import { Word } from "./attributes.ts";
import { ChannelName } from "./channel.ts";
import {
  AttributeValue,
  Condition,
  ConfidenceThreshold,
  factsOf,
  InARow,
  listOfWords,
  MessageCount,
  SentimentThreshold,
  Times,
} from "./conditions.ts";
import { Id } from "./primitives.ts";

/** What can lead to a person. */
export const Trigger = z.enum([
  "keyword",
  "sentiment",
  "confidence",
  "explicit_request",
  "conversation_length",
  "circles",
  "agent_tool",
  "ai_failure",
  "manual",
]);
export type Trigger = z.infer<typeof Trigger>;

/** What a rule does when it fires: ask the customer first, or go to the queue at once. */
export const EscalationAction = z.enum(["offer", "escalate"]);
export type EscalationAction = z.infer<typeof EscalationAction>;

export const MAX_RULES = 50;

/** A skill that a conversation needs, with the level where not every level will do. */
export const NeededSkill = z.object({
  name: Word,
  level: z.int().min(1, "A skill has levels 1 to 5.").max(5, "A skill has levels 1 to 5.").optional(),
});
export type NeededSkill = z.infer<typeof NeededSkill>;

/** Where a conversation goes when its rule calls a person. */
export const RuleRoute = z.object({
  teamId: Id.optional(),
  skills: z.array(NeededSkill).max(10, "Ask for at most 10 skills.").default([]),
});
export type RuleRoute = z.infer<typeof RuleRoute>;

const shared = {
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1, "Give the rule a name.").max(80, "A rule's name has at most 80 letters."),
  enabled: z.boolean(),
  // 1 is looked at first.
  priority: z.int().min(1, "Priorities run from 1 to 1,000.").max(1000, "Priorities run from 1 to 1,000."),
  action: EscalationAction,
  /** What must hold besides; absent, the rule holds everywhere and always. */
  when: Condition.optional(),
  route: RuleRoute.optional(),
};

export const KeywordRule = z.object({
  ...shared,
  trigger: z.literal("keyword"),
  keywords: listOfWords("keyword").min(1, "Name at least one keyword."),
});

export const SentimentRule = z.object({
  ...shared,
  trigger: z.literal("sentiment"),
  threshold: SentimentThreshold,
  // One score alone never escalates.
  consecutive: z
    .int("Say a whole number in a row.")
    .min(2, "Sentiment needs at least two messages in a row.")
    .max(10, "Use at most 10 in a row."),
});

export const ConfidenceRule = z.object({
  ...shared,
  trigger: z.literal("confidence"),
  threshold: ConfidenceThreshold,
  consecutive: InARow.default(1),
});

export const ExplicitRequestRule = z.object({
  ...shared,
  trigger: z.literal("explicit_request"),
  phrases: listOfWords("phrase").default([]),
});

export const ConversationLengthRule = z.object({
  ...shared,
  trigger: z.literal("conversation_length"),
  maxMessages: MessageCount,
});

export const CirclesRule = z.object({
  ...shared,
  trigger: z.literal("circles"),
  times: Times.default(3),
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
  CirclesRule,
  AgentToolRule,
  AiFailureRule,
  ManualRule,
]);
export type EscalationRule = z.infer<typeof EscalationRule>;

/** All rules of a company together: no two under one id, and none that one unhappy message alone would fire. */
export const Rules = z
  .array(EscalationRule)
  .max(MAX_RULES, `At most ${MAX_RULES} rules.`)
  .superRefine((rules, context) => {
    if (new Set(rules.map((rule) => rule.id)).size < rules.length) {
      context.addIssue({ code: "custom", path: [], message: "Two rules share one id." });
    }
    for (const [index, rule] of rules.entries()) {
      if (!restsOnOneScore(rule)) continue;
      const message = `“${rule.name}” would call a person for one unhappy message alone: ask for two in a row.`;
      context.addIssue({ code: "custom", path: [index, "when"], message });
    }
  });

// A message count says nothing of what was said, so a lone score beside it would decide by itself.
function restsOnOneScore({ trigger, when }: EscalationRule): boolean {
  if (trigger !== "conversation_length" || when === undefined) return false;
  return factsOf(when).some((fact) => fact.on === "sentiment" && fact.consecutive < 2);
}

const Told = z
  .string()
  .trim()
  .min(1, "Say something, or leave Baton's own words.")
  .max(500, "Use at most 500 letters.")
  .refine((words) => [...words.matchAll(/\{([^}]*)\}/g)].every(([, name]) => name === "position"), {
    message: "Only {position} can stand in braces.",
  });

/** What the customer is told, per reason: as a person is offered, and as one is called; absent, Baton's own words. */
export const RuleWords = z.partialRecord(
  Trigger,
  z.object({ offer: Told.optional(), escalate: Told.optional() }),
);
export type RuleWords = z.infer<typeof RuleWords>;

export const RuleSet = z.object({
  version: z.int().min(0),
  rules: Rules,
  words: RuleWords.default({}),
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
  // Decided by a hand-back, whatever the rules say: nothing new was said since, or it was outside of what was given back.
  handBack: z.enum(["settled", "outside"]).optional(),
  // The customer's words of this turn stand in the log after this number, up to the turn's own.
  since: z.int().min(0).optional(),
  channel: ChannelName.optional(),
  language: z.string().optional(),
  topic: z.string().optional(),
  officeHours: z.enum(["open", "closed"]).optional(),
  // What the company knew of the customer just then.
  attributes: z.record(z.string(), AttributeValue).optional(),
});
export type Signals = z.infer<typeof Signals>;

const measure = z.union([z.number(), z.string(), z.boolean()]);

/** One fact of a rule's condition, as a turn found it. */
export const FactTrace = z.object({
  state: z.enum(["met", "missed", "unmeasured"]),
  input: z.string(),
  threshold: measure.optional(),
  value: measure.optional(),
  sentence: z.string(),
});
export type FactTrace = z.infer<typeof FactTrace>;

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
  // Of all that fired, the one that decided.
  decides: z.boolean().optional(),
  // By how much an enabled, measured rule missed, in the unit of its threshold.
  nearMiss: z.number().min(0).optional(),
  // How near the rule came, from 0 (not at all) to 1 (it fired); absent where nothing was measured.
  closeness: z.number().min(0).max(1).optional(),
  // What the rule asks besides its trigger, fact by fact; absent where it asks for nothing.
  when: z.object({ met: z.boolean(), facts: z.array(FactTrace) }).optional(),
  sentence: z.string(),
});
export type RuleTrace = z.infer<typeof RuleTrace>;

export const Verdict = z.object({
  outcome: z.enum(["none", "offer", "escalate"]),
  reason: Trigger.optional(),
  ruleId: z.string().optional(),
  // Where nothing fired: the rule that came nearest.
  closestRuleId: z.string().optional(),
  sentence: z.string(),
  trace: z.array(RuleTrace),
});
export type Verdict = z.infer<typeof Verdict>;
