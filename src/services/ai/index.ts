/** The AI room: models, answers to a turn, and the runner that carries runs through. */
export { answerTurn } from "./answer-turn.ts";
export { Breaker, type BreakerOptions } from "./breaker.ts";
export { type ConfidenceParts, confidenceOf } from "./confidence.ts";
export { type EndReason, RunEnd, type RunEvent } from "./drive.ts";
export { confidentFrom, doubtfulFrom } from "./keyless-answer.ts";
export { type LinkRule, linkRule } from "./links.ts";
export {
  type ModelClient,
  type ModelEvent,
  ModelFailure,
  type ModelFailureKind,
  type ModelMessage,
  type ModelRequest,
  type ModelTool,
} from "./model.ts";
export { type ModelTimeouts, type OpenAiModelOptions, openaiModel } from "./openai-model.ts";
export { type Run, type RunDetail, type RunStore, runStore } from "./run-store.ts";
export { Runner, type RunnerOptions, type RunnerPorts, type RunOutcome, type RunPorts } from "./runner.ts";
export { SafeOutput, type SafeOutputOptions } from "./safe-output.ts";
export { type SmallTalk, smallTalkOf } from "./small-talk.ts";
export { helpUrl } from "./source-list.ts";
export { systemTicker, type Ticker } from "./ticker.ts";
export type {
  AnswerKind,
  AnswerResult,
  TurnFailure,
  TurnKnowledge,
  TurnMessage,
  TurnRequest,
} from "./turn.ts";
export { watchOvertaking } from "./watch.ts";
