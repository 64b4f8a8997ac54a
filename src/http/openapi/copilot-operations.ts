import {
  AskAnswer,
  AskBody,
  CaseListQuery,
  ConversationSummary,
  CopilotState,
  NewTestCase,
  RewriteBody,
  SaveTestCaseBody,
  SuggestionsBody,
  TestCasePage,
  TestCasePath,
  TestCaseView,
  TestRunProgress,
  UseQuery,
  UseReport,
} from "#contracts/copilot";
import { ConversationPath } from "#contracts/operator";
import type { Operation } from "./operation.ts";

const reading = { tag: "Co-pilot", who: "staff", needs: "conversations:read" } as const;
const writing = { tag: "Co-pilot", who: "staff", needs: "conversations:write" } as const;
const keeping = { tag: "Co-pilot", who: "staff", needs: "articles:write" } as const;
const at = (rest: string) => `/api/agent/conversations/[conversationId]${rest}`;
const one = { params: ConversationPath };

/** What helps operators to answer, and what holds the AI's answers to what they corrected. */
export const copilotOperations: Operation[] = [
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/suggestions"),
    summary: "What was suggested already, and what the co-pilot can do here",
    answer: CopilotState,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/suggestions"),
    summary: "Suggest up to three replies",
    description:
      "Server-sent events: `delta` while a suggestion is written, `suggestion` when one stands whole, then `done`, or `error`. Nothing is sent to the customer. The same words are suggested for once; `fresh` asks anew.",
    body: SuggestionsBody,
    answer: "stream",
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/rewrite"),
    summary: "Rewrite a draft",
    description:
      "Server-sent events: `delta` while it is written, then `done` with the whole text, or `error`. `conflict` where no language model is connected.",
    body: RewriteBody,
    answer: "stream",
    errors: ["conflict"],
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/summary"),
    summary: "Sum the conversation up",
    answer: ConversationSummary,
  },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/ask"),
    summary: "Ask the articles",
    body: AskBody,
    answer: AskAnswer,
  },
  {
    ...reading,
    method: "get",
    path: "/api/admin/copilot",
    summary: "What became of suggestions, by topic",
    query: UseQuery,
    answer: UseReport,
  },
  {
    ...reading,
    method: "get",
    path: "/api/admin/test-cases",
    needs: "articles:read",
    summary: "List test cases",
    query: CaseListQuery,
    answer: TestCasePage,
  },
  {
    ...writing,
    method: "post",
    path: "/api/admin/test-cases",
    summary: "Add a test case, or correct an answer of the AI",
    description: "With `from`, question and history are those that the answer was given to.",
    body: NewTestCase,
    answer: TestCaseView,
    status: 201,
    errors: ["not_found", "conflict"],
  },
  {
    ...keeping,
    method: "post",
    path: "/api/admin/test-cases/run",
    summary: "Run all test cases",
    description: "One run at a time: asked for while one is under way, it is that one.",
    answer: TestRunProgress,
    status: 201,
  },
  {
    ...reading,
    method: "get",
    path: "/api/admin/test-cases/run",
    needs: "articles:read",
    summary: "How far the run of the test cases is",
    answer: TestRunProgress,
  },
  {
    ...keeping,
    method: "delete",
    path: "/api/admin/test-cases/run",
    summary: "Stop the run of the test cases",
  },
  {
    ...keeping,
    method: "patch",
    path: "/api/admin/test-cases/[caseId]",
    summary: "Change a test case",
    params: TestCasePath,
    body: SaveTestCaseBody,
    answer: TestCaseView,
  },
  {
    ...keeping,
    method: "delete",
    path: "/api/admin/test-cases/[caseId]",
    summary: "Remove a test case",
    params: TestCasePath,
  },
];
