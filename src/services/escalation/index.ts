export { defaultRules } from "./default-rules.ts";
export { detect, type Turn } from "./detect.ts";
export {
  type Evaluation,
  type EvaluationLine,
  evalEscalation,
  type Miss,
  readLines,
  runEscalationEval,
} from "./evaluation.ts";
export { explicitRequest } from "./explicit-request.ts";
export { keywordIn } from "./fold.ts";
export { sentiment } from "./sentiment.ts";
export { type History, readSignals, timesAsked } from "./signals.ts";
export { currentRules, type Publisher, publishRules } from "./stored-rules.ts";
