/** The AI room: models, answers to a turn, and the runner that carries runs through. */
export { answerTurn } from "./answer-turn.ts";
export { Breaker } from "./breaker.ts";

export { RunEnd, type RunEvent } from "./drive.ts";
export { confidentFrom } from "./keyless-answer.ts";
export { linkRule } from "./links.ts";
export type {
  ModelClient,
  ModelEvent,
  ModelRequest,
} from "./model.ts";
export { type OpenAiModelOptions, openaiModel } from "./openai-model.ts";
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

export type {
  AnswerResult,
  TurnMessage,
  TurnRequest,
} from "./turn.ts";
export { watchOvertaking } from "./watch.ts";
