export { runBacktest } from "./backtest-job.ts";
export { type PastConversation, Tally } from "./backtest-tally.ts";
export {
  askBacktest,
  cancelBacktest,
  changedConversations,
  findBacktest,
  listBacktests,
} from "./backtests.ts";
export { defaultRules } from "./default-rules.ts";
export { detect } from "./detect.ts";
export {
  type EvaluationLine,
  evalEscalation,
  readLines,
  runEscalationEval,
} from "./evaluation.ts";
export { explicitRequest, phrasesOf } from "./explicit-request.ts";
export { keywordIn } from "./fold.ts";
export { escalationJobs } from "./jobs.ts";
export { knownTeams } from "./known-teams.ts";
export type { RecordedTurn } from "./recorded-turns.ts";
export { timesAsked } from "./repetition.ts";
export { courseThen, courseUnder } from "./replay.ts";
export { changesBetween } from "./rule-changes.ts";
export { discardDraft, publishDraft, ruleDraft, saveDraft } from "./rule-draft.ts";
export { restoreVersion, ruleHistory, ruleVersion } from "./rule-history.ts";
export { warningsOf } from "./rule-warnings.ts";
export { sentiment } from "./sentiment.ts";
export { type History, readSignals, type TurnFacts } from "./signals.ts";
export { currentRules, publishRules } from "./stored-rules.ts";
export { testRules } from "./test-box.ts";
