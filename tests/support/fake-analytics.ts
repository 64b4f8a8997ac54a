import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  Breakdown,
  FactRow,
  NumberId,
  Point,
  Report,
  ReportNumber,
  RowsPage,
  Target,
  Wall,
} from "#contracts/analytics";
import { dayAfter, weekdayOf } from "#contracts/wall-clock";
// The page's own words, so that what a test reads is what a reader would.
import { definitions } from "./analytics-definitions.ts";
import { bundledPage } from "./inbox-bundle.ts";
import { seeded } from "./random.ts";

export type FakeAnalytics = Awaited<ReturnType<typeof openFakeAnalytics>>;

/** What each number is about on a usual day: how many rows, and its value. */
const usual: Partial<Record<NumberId, { rows: number; value?: number; spread?: number }>> = {
  conversations: { rows: 84 },
  escalations: { rows: 19 },
  resolutions: { rows: 61 },
  sla_broken: { rows: 2 },
  copilot_replies: { rows: 24 },
  first_response: { rows: 80, value: 3.4, spread: 0.3 },
  first_response_ai: { rows: 78, value: 3.1, spread: 0.2 },
  first_response_person: { rows: 17, value: 214, spread: 0.5 },
  next_response_ai: { rows: 120, value: 2.8, spread: 0.2 },
  next_response_person: { rows: 44, value: 96, spread: 0.4 },
  handover_wait: { rows: 18, value: 162, spread: 0.6 },
  resolution_time: { rows: 61, value: 1_340, spread: 0.4 },
  rating_ai: { rows: 14, value: 4.2, spread: 0.08 },
  rating_person: { rows: 9, value: 4.6, spread: 0.06 },
};

/** A server that plays the reports from memory and shows their page. */
export async function openFakeAnalytics({ empty = false } = {}) {
  const { script, style } = await bundledPage("analytics-page");
  const calls: string[] = [];
  const faults = { down: false };
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Analytics</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script></body></html>`;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    if (url.pathname === "/page.js")
      return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    if (!url.pathname.startsWith("/api/"))
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    calls.push(url.pathname + url.search);
    if (faults.down) {
      const error = { code: "unavailable", message: "The server is away for a moment.", requestId: "r1" };
      return void response
        .writeHead(503, { "content-type": "application/json" })
        .end(JSON.stringify({ error }));
    }
    const answer = answerTo(url.pathname.split("/").at(-1) ?? "", url.searchParams, empty);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function answerTo(route: string, query: URLSearchParams, empty: boolean): unknown {
  if (route === "report") return reportOf(query, empty);
  if (route === "breakdown") return breakdownOf(query);
  if (route === "heatmap") return { zone: "Europe/Berlin", cells: cells() };
  if (route === "rows") return rowsOf(query);
  if (route === "choices") return choices;
  if (route === "wall") return wall();
  return {};
}

function reportOf(query: URLSearchParams, empty: boolean): Report {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const length = Date.parse(to) - Date.parse(from);
  const last = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10);
  const first = new Date(Date.parse(last) - length).toISOString().slice(0, 10);
  const compared = query.get("compare") === "previous";
  const ids = (query.get("numbers") ?? "").split(",") as NumberId[];
  return {
    from,
    to,
    ...(compared && { previous: { from: first, to: last } }),
    zone: "Europe/Berlin",
    hasHours: true,
    asOf: new Date().toISOString(),
    filling: false,
    numbers: ids.map((id) =>
      numberOf(id, { from, to, empty, before: compared ? { from: first, to: last } : undefined }),
    ),
  };
}

const promised: Partial<Record<NumberId, Target[]>> = {
  first_response_person: [
    { value: 300, policies: ["Gold"], inHours: true },
    { value: 900, policies: ["Everyone"], inHours: true },
  ],
  sla_kept: [{ value: 1, policies: ["Gold", "Everyone"], inHours: false }],
};

type Span = { from: string; to: string };

function numberOf(id: NumberId, span: Span & { empty: boolean; before: Span | undefined }): ReportNumber {
  const { empty, before } = span;
  const told = { ...definitions[id], points: pointsOf(id, span, empty), targets: promised[id] };
  const number = { ...told, total: totalOf(id, told.points) };
  if (before === undefined) return number;
  const previousPoints = pointsOf(id, before, empty);
  return { ...number, previous: totalOf(id, previousPoints), previousPoints };
}

function pointsOf(id: NumberId, { from, to }: Span, empty: boolean): Point[] {
  const points: Point[] = [];
  for (let date = from; date <= to; date = dayAfter(date)) {
    const random = randomFrom(`${id} ${date}`);
    const { rows: many, value = 0.5, spread = 0.25 } = usual[id] ?? { rows: 84 };
    const quiet = weekdayOf(date) > 4 ? 0.35 : 1;
    const rows = empty ? 0 : Math.round(many * quiet * (0.8 + random() * 0.4));
    const { unit } = definitions[id];
    if (rows === 0) points.push({ from: date, rows });
    else if (unit === "count") points.push({ from: date, rows, value: rows });
    else {
      const measured = value * (1 - spread + random() * spread * 2);
      points.push({ from: date, rows, value: measured, ...(unit === "duration" && { p90: measured * 2.6 }) });
    }
  }
  return points;
}

function totalOf(id: NumberId, points: Point[]) {
  const rows = points.reduce((sum, point) => sum + point.rows, 0);
  const { unit } = definitions[id];
  if (unit === "count") return { value: rows, rows };
  if (rows === 0) return { rows };
  const value = points.reduce((sum, point) => sum + (point.value ?? 0) * point.rows, 0) / rows;
  return { value, rows, ...(unit === "duration" && { p90: value * 2.6 }) };
}

const names: Record<string, [key: string, label: string][]> = {
  channel: ["web", "whatsapp", "telegram", "messenger"].map((key) => [key, key]),
  topic: ["Orders", "Returns and refunds", "General", "Billing", "Repairs"].map((key) => [key, key]),
  operator: [
    ["op-maya", "Maya Lindqvist"],
    ["", ""],
    ["op-anna", "Anna Okafor"],
  ],
  rule: [
    ["r1", "Asks for a person"],
    ["r2", "Refunds over 200 €"],
    ["", ""],
    ["r3", "Unsure answers"],
  ],
  reason: ["explicit_request", "keyword", "confidence", "sentiment"].map((key) => [key, key]),
  policy: [
    ["p1", "Gold"],
    ["p2", "Everyone"],
  ],
  outcome: ["ignored", "used", "edited"].map((key) => [key, key]),
  how: ["person", "quiet", "customer", "rating"].map((key) => [key, key]),
  score: ["5", "4", "3", "2", "1"].map((key) => [key, key]),
};

function breakdownOf(query: URLSearchParams): Breakdown {
  const id = query.get("number") as NumberId;
  const { unit } = definitions[id];
  const value = usual[id]?.value ?? 0.4;
  return {
    parts: (names[query.get("by") ?? ""] ?? [["", ""]]).map(([key, label], at) => {
      const rows = Math.round(900 / (at + 1));
      return { key, label, rows, value: unit === "count" ? rows : value * (1 - at * 0.12) };
    }),
    others: 0,
  };
}

function cells(): number[][] {
  return Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => {
      const awake = Math.max(0, Math.sin(((hour - 6) / 16) * Math.PI));
      return Math.round(awake * awake * (day > 4 ? 9 : 31) * (0.8 + randomFrom(`${day} ${hour}`)() * 0.4));
    }),
  );
}

const snippets = [
  "Where is my parcel?",
  "Can I return the tent after using it once?",
  "The zip is broken again.",
  "Thank you!",
];

function rowsOf(query: URLSearchParams): RowsPage {
  const id = query.get("number") as NumberId;
  const page = Number(query.get("cursor") ?? 0);
  const { unit } = definitions[id];
  const rows = Array.from({ length: 12 }, (_, n): FactRow => {
    const random = randomFrom(`${id} ${page} ${n}`);
    const rated = unit === "score" ? 1 + Math.floor(random() * 5) : Math.round(20 + random() * 600);
    return {
      conversationId: crypto.randomUUID(),
      customer: ["Ines Vogel", "Tom Abara", "Kim Larsen", "Quiet Otter"][n % 4] ?? "",
      channel: n % 3 === 0 ? "whatsapp" : "web",
      topic: "Orders",
      state: "RESOLVED",
      snippet: snippets[n % 4] ?? "",
      ...(n % 2 === 0 && { operator: "Anna Okafor" }),
      at: new Date(Date.parse(`${query.get("to")}T15:00:00Z`) - n * 3_700_000).toISOString(),
      ...(unit === "duration" || unit === "score" ? { value: rated } : {}),
      counts: n % 3 !== 1,
      ...(unit === "score" && n % 4 === 0 && { comment: "Quick and friendly." }),
    };
  });
  return { rows, ...(page === 0 && { next: "1" }) };
}

const choices = {
  channels: ["web", "whatsapp", "telegram"],
  agents: [{ id: "0198a000-0000-7000-8000-00000000000a", name: "Nori" }],
  teams: [
    { id: "0198a000-0000-7000-8000-00000000000b", name: "Repairs" },
    { id: "0198a000-0000-7000-8000-00000000000c", name: "Orders" },
  ],
  operators: [
    { id: "0198a000-0000-7000-8000-00000000000d", name: "Anna Okafor" },
    { id: "0198a000-0000-7000-8000-00000000000e", name: "Maya Lindqvist" },
  ],
  topics: ["General", "Orders", "Billing"],
  tags: ["vip", "wholesale"],
};

function wall(): Wall {
  return {
    open: 23,
    withAi: 14,
    waiting: 3,
    longestSince: new Date(Date.now() - 252_000).toISOString(),
    operatorsOnline: 4,
    operatorsAway: 1,
    at: new Date().toISOString(),
  };
}

/** The same numbers for the same words, on every run. */
function randomFrom(words: string): () => number {
  return seeded([...words].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7));
}
