import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type {
  AskAnswer,
  ConversationSummary,
  CopilotState,
  RewriteEvent,
  Suggestion,
  SuggestionEvent,
} from "#contracts/copilot";
import { idOf } from "./inbox-ids.ts";

const source = {
  number: 1,
  articleId: idOf(900),
  title: "Returns and refunds",
  section: "How long do I have?",
  url: "https://northwind.example/help/returns#how-long",
  quote: "You have 60 days from delivery to return anything that you do not want to keep.",
};

/** Three options as a model would write them. */
export const options: Suggestion[] = [
  {
    id: idOf(801),
    kind: "model",
    emphasis: "direct",
    text: "You have **60 days** from delivery to return the tent, and the label is free [1].",
    confidence: 0.86,
    sources: [source],
  },
  {
    id: idOf(802),
    kind: "model",
    emphasis: "thorough",
    text: "Of course. To send it back:\n\n- Print the free label from your account [1].\n- Pack the tent dry, with all its poles.\n- Drop it at any post office within **60 days** [1].\n\nYour refund arrives within 5 days of our check [2].",
    confidence: 0.62,
    sources: [source, { ...source, number: 2, articleId: idOf(901), title: "When you get your money back" }],
  },
  {
    id: idOf(803),
    kind: "model",
    emphasis: "ask_back",
    text: "Happy to help with the return. Was the tent used outdoors already, and do you still have its bag?",
    confidence: 0.31,
    sources: [],
  },
];

const passages: AskAnswer = {
  confidence: 0.7,
  passages: [
    { source, text: "You have **60 days** from delivery to return anything that you do not want to keep." },
    {
      source: {
        ...source,
        number: 2,
        title: "Warranty",
        section: "Tents",
        quote: "Poles are covered for five years.",
      },
      text: "Poles are covered for five years, fabric for three.",
    },
  ],
};

const summary: Omit<ConversationSummary, "head"> = {
  by: "model",
  points: [
    "The customer wants to return a tent that was used once.",
    "The assistant named 60 days and the free label.",
    "Open: whether a used tent is taken back.",
  ],
};

/** The co-pilot's routes, played from memory. */
export function fakeCopilot() {
  const play = {
    model: "ready" as CopilotState["model"],
    waiting: true,
    question: "Can I still return it?" as string | undefined,
    /** What stands there already. */
    known: [] as Suggestion[],
    /** What is suggested where it is asked for. */
    made: options,
    /** Breaks the stream off after so many events. */
    cutAfter: Number.POSITIVE_INFINITY,
    refuse: "",
    betweenMs: 5,
  };

  /** Answers a request of the co-pilot's, and says whether it was one. */
  function serve(method: string, path: string, to: ServerResponse, body: unknown): boolean {
    const verb = /\/(suggestions|rewrite|summary|ask)$/.exec(path)?.[1];
    if (path === "/api/admin/test-cases" && method === "POST") json(to, 201, testCase(body));
    else if (path === "/api/admin/articles") json(to, 200, { articles: [article] });
    else if (verb === "suggestions" && method === "GET") json(to, 200, state());
    else if (play.refuse !== "" && verb !== undefined) json(to, 429, refusal(play.refuse));
    else if (verb === "suggestions") void suggest(to);
    else if (verb === "rewrite") void rewrite(to, String((body as { text?: unknown }).text));
    else if (verb === "summary") json(to, 200, { ...summary, head: 1_000 });
    else if (verb === "ask") json(to, 200, passages);
    else return false;
    return true;
  }

  function state(): CopilotState {
    const { model, question, waiting, known } = play;
    return { model, question, waiting, suggestions: known };
  }

  async function suggest(to: ServerResponse) {
    const events: SuggestionEvent[] = play.made.flatMap((suggestion) => [
      ...writing(suggestion),
      { type: "suggestion" as const, suggestion },
    ]);
    await tell(to, [...events, { type: "done", model: play.model }]);
    play.known = play.made;
  }

  function writing({ id, emphasis, text }: Suggestion): SuggestionEvent[] {
    if (emphasis === undefined) return [];
    const pieces = text.match(/[\s\S]{1,24}/g) ?? [];
    return pieces.map((piece, at) => ({ type: "delta", id, emphasis, offset: at * 24, text: piece }));
  }

  function rewrite(to: ServerResponse, text: string) {
    const shorter = `${text.split(/[.!?]/)[0]}.`;
    return tell(to, [
      { type: "delta", offset: 0, text: shorter },
      { type: "done", text: shorter },
    ]);
  }

  async function tell(to: ServerResponse, events: (SuggestionEvent | RewriteEvent)[]) {
    to.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    for (const [at, event] of events.entries()) {
      if (at >= play.cutAfter) return void to.destroy();
      to.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      await pause(play.betweenMs);
    }
    to.end();
  }

  return { play, serve };
}

const article = {
  id: source.articleId,
  slug: "returns",
  title: source.title,
  language: "en",
  status: "published",
  version: 1,
  createdAt: "2026-11-01T10:00:00.000Z",
  updatedAt: "2026-11-01T10:00:00.000Z",
};

function testCase(body: unknown) {
  const { answer, from } = body as { answer: string; from?: unknown };
  const at = "2026-11-20T10:00:00.000Z";
  const made = { id: idOf(950), question: "Can I still return it?", history: [], answer, points: [], from };
  return { ...made, createdBy: "Maya Lindqvist", createdAt: at, updatedAt: at };
}

function refusal(message: string) {
  return { error: { code: "rate_limited", message, requestId: "r1" } };
}

function json(to: ServerResponse, status: number, body: unknown) {
  to.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
