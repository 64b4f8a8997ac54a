/** The co-pilot: what helps an operator to answer, and what holds the AI's answers to what operators corrected. */
export { askKnowledge } from "./ask.ts";
export { runAnswerEval } from "./evaluation.ts";
export { settle } from "./outcome.ts";
export type { CopilotPorts } from "./ports.ts";
export { streamRewrite } from "./rewrite.ts";
export { regression, scoreAnswer, type Wanted } from "./score.ts";
export { copilotJobs } from "./settle-job.ts";
export { copilotState, generateSuggestion, streamSuggestion } from "./suggest.ts";
export { summarise } from "./summary.ts";
export { addTestCase, deleteTestCase, listTestCases, saveTestCase } from "./test-cases.ts";
export { askTestRun, stopTestRun, TestRunJob, testRunProgress } from "./test-run-asked.ts";
export { runAskedCases } from "./test-run-job.ts";
export { type ToldSuggestion, tellSuggestions } from "./told.ts";
export { turnOf } from "./turn.ts";
export { suggestionUse } from "./use.ts";
