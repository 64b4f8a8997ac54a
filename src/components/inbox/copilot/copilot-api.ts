import { path } from "#components/inbox/data/api.ts";
import { get, send } from "#components/inbox/data/call.ts";
import {
  AskAnswer,
  ConversationSummary,
  CopilotState,
  type NewTestCase,
  type RewriteBody,
  RewriteEvent,
  SuggestionEvent,
  TestCaseView,
} from "#contracts/copilot";
import { ArticlePage } from "#contracts/knowledge";
import { postEvents } from "./post-events.ts";

type Listening<Event> = { onEvent: (event: Event) => void; signal: AbortSignal };

/** The co-pilot's routes as functions. Each throws a `WireError` when the server says no. */
export const copilot = {
  state: (id: string, signal?: AbortSignal) => get(`${path(id)}/suggestions`, CopilotState, signal),
  suggest: (id: string, fresh: boolean, listening: Listening<SuggestionEvent>) =>
    postEvents({
      url: `${path(id)}/suggestions`,
      body: { fresh },
      schema: SuggestionEvent,
      ...listening,
    }),
  rewrite: (id: string, body: RewriteBody, listening: Listening<RewriteEvent>) =>
    postEvents({ url: `${path(id)}/rewrite`, body, schema: RewriteEvent, ...listening }),
  summarise: (id: string) => send("POST", `${path(id)}/summary`, undefined, ConversationSummary),
  ask: (id: string, question: string) => send("POST", `${path(id)}/ask`, { question }, AskAnswer),
  correct: (body: NewTestCase) => send("POST", "/api/admin/test-cases", body, TestCaseView),
  articles: async (signal?: AbortSignal) =>
    (await get("/api/admin/articles?limit=100&status=published", ArticlePage, signal)).articles,
};
