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
export { sentiment } from "./sentiment.ts";
export { readSignals, timesAsked } from "./signals.ts";
export { currentRules, publishRules } from "./stored-rules.ts";
