import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestCaseView, TestRunProgress, UseReport } from "#contracts/copilot";
import { bundledPage } from "./inbox-bundle.ts";
import { idOf } from "./inbox-ids.ts";

const at = "2026-11-20T10:00:00.000Z";
const base = { history: [], points: [], createdBy: "Maya Lindqvist", createdAt: at, updatedAt: at };

const cases: TestCaseView[] = [
  {
    ...base,
    id: idOf(951),
    question: "Can I still return a tent that I used for one night?",
    answer: "Yes, within 60 days, as long as it is dry and complete.",
    article: { id: idOf(900), title: "Returns and refunds" },
    from: { conversationId: idOf(6), messageId: idOf(60) },
    result: { passed: true, overlap: 0.92, article: true, confidence: 0.8, answer: "You have 60 days." },
  },
  {
    ...base,
    id: idOf(952),
    question: "How long are the poles covered?",
    answer: "Five years.",
    result: {
      passed: false,
      overlap: 0.33,
      confidence: 0.41,
      answer: "I couldn't find an answer to that in the help articles of Northwind Outdoor.",
    },
  },
  { ...base, id: idOf(953), question: "هل يمكنني إرجاع الخيمة؟", answer: "نعم، خلال 60 يومًا." },
];

const report: UseReport = {
  since: at,
  total: { replies: 128, used: 41, edited: 52, ignored: 35, acceptance: 0.727 },
  topics: [
    { topic: "General", replies: 90, used: 30, edited: 40, ignored: 20, acceptance: 0.778 },
    {
      topic: "Returns and everything about them",
      replies: 38,
      used: 11,
      edited: 12,
      ignored: 15,
      acceptance: 0.605,
    },
  ],
};

/** A server that plays the test cases from memory and shows the page about them. */
export async function openFakeQuality({ empty = false } = {}) {
  const { script, style } = await bundledPage("quality-page");
  const kept = new Map((empty ? [] : cases).map((each) => [each.id, each]));
  let run: TestRunProgress = { state: "idle" };
  const calls: { method: string; path: string; body: unknown }[] = [];
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Answer quality</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script></body></html>`;

  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const method = request.method ?? "";
    if (path === "/page.js") return void send(response, "text/javascript", script);
    if (!path.startsWith("/api/")) return void send(response, "text/html", html);
    const body = await bodyOf(request);
    if (path === "/api/agent/presence/looking") return void response.end('{"status":"online"}');
    if (method !== "GET") calls.push({ method, path, body });
    const [status, answer] = reply(method, path, body);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  function reply(method: string, path: string, body: Record<string, unknown>): [number, unknown] {
    const [, caseId = ""] = path.match(/test-cases\/(.+)$/) ?? [];
    if (path === "/api/admin/copilot") return [200, empty ? nothing : report];
    if (!path.startsWith("/api/admin/test-cases")) return [200, {}];
    if (path.endsWith("/run")) return [method === "POST" ? 201 : 200, carryRun(method)];
    if (method === "GET") return [200, page()];
    if (method === "DELETE") kept.delete(caseId);
    if (method === "DELETE") return [204, undefined];
    if (body.question === "") {
      const fields = { question: "Write what the customer asks." };
      return [
        400,
        { error: { code: "invalid", message: "Not valid.", requestId: "r1", details: { fields } } },
      ];
    }
    const made = { ...base, ...kept.get(caseId), ...body, id: caseId || idOf(960) } as TestCaseView;
    kept.set(made.id, made);
    return [method === "POST" ? 201 : 200, made];
  }

  function carryRun(method: string): TestRunProgress {
    const asked = { id: idOf(971), askedBy: "Maya Lindqvist", askedAt: at };
    if (method === "DELETE") run = { state: "idle" };
    if (method === "POST") run = { state: "running", ...asked, total: kept.size, results: [] };
    return run;
  }

  /** Has the run find one more result; after the last one it is over. */
  function find() {
    if (run.state !== "running") return;
    const next = [...kept.values()][run.results.length];
    const result = { passed: true, overlap: 1, confidence: 0.9, answer: "Five years." };
    if (next) run.results = [...run.results, { caseId: next.id, passed: true, overlap: 1 }];
    else run = { state: "idle" };
    if (next) return;
    for (const each of kept.values()) kept.set(each.id, { ...each, result });
  }

  function page() {
    const all = [...kept.values()];
    const lastRun = { id: idOf(970), ranAt: at, model: "keyless", cases: 2, passed: 1 };
    return { cases: all, ...(empty ? {} : { lastRun }) };
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    find,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const nothing: UseReport = {
  since: at,
  total: { replies: 0, used: 0, edited: 0, ignored: 0 },
  topics: [],
};

function send(response: ServerResponse, type: string, text: string) {
  response.writeHead(200, { "content-type": type }).end(text);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? {} : JSON.parse(text);
}
