/** The AI room: models, answers to a turn, and the runner that carries runs through. */
export { answerTurn } from "./answer-turn.ts";
export { Breaker } from "./breaker.ts";
export { confidenceOf } from "./confidence.ts";
export { type DataFence, dataFence } from "./data-fence.ts";
export { DeltaFlow } from "./delta-flow.ts";
export { RunEnd, type RunEvent } from "./drive.ts";
export { confidentFrom, doubtfulFrom, type Found, lookUp } from "./keyless-answer.ts";
export { linkRule } from "./links.ts";
export {
  type ModelClient,
  type ModelEvent,
  ModelFailure,
  type ModelRequest,
} from "./model.ts";
export { type OpenAiModelOptions, openaiModel } from "./openai-model.ts";
export { passagesText } from "./prompt.ts";
export { type Run, type RunStore, runStore } from "./run-store.ts";
export {
  type Offer,
  Runner,
  type RunnerOptions,
  type RunnerPorts,
  type RunOutcome,
  type RunPorts,
} from "./runner.ts";
export { SafeOutput } from "./safe-output.ts";
export { smallTalkOf } from "./small-talk.ts";
export { SourceList, toSource } from "./source-list.ts";
export { systemTicker } from "./ticker.ts";
export type {
  AnswerResult,
  HandedBack,
  TurnMessage,
  TurnRequest,
} from "./turn.ts";
export { watchOvertaking } from "./watch.ts";
