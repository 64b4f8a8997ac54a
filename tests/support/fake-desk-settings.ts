import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { QueueBoard } from "#contracts/desk";
import {
  berlinHours,
  boardAt,
  estimates,
  operators,
  policies,
  routing,
  teams,
} from "./desk-settings-data.ts";
import { bundledPage } from "./inbox-bundle.ts";
import { idOf } from "./inbox-ids.ts";

export type FakeDeskSettings = Awaited<ReturnType<typeof openFakeDeskSettings>>;

type Answer = { status?: number; body: unknown };

/** A server that shows the settings of the desk and its queue, and keeps what they send. */
export async function openFakeDeskSettings({ empty = false } = {}) {
  const { script, style } = await bundledPage("desk-settings-page");
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Desk</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script></body></html>`;
  const calls: { method: string; path: string; body: unknown }[] = [];
  const streams = new Set<ServerResponse>();
  let board: QueueBoard = boardAt(Date.now());
  let refusal: Answer | undefined;
  if (empty) board = { waiting: 0, entries: [], operators: [], at: board.at };

  const answers: Record<string, () => unknown> = {
    teams: () => ({ teams: empty ? [] : teams }),
    operators: () => ({ operators }),
    "office-hours": () => ({ schedules: empty ? [] : [berlinHours] }),
    "sla-policies": () => ({ policies: empty ? [] : policies }),
    routing: () => (empty ? { ...routing, mode: "manual", chain: [], version: 0 } : routing),
    "routing/board": () => board,
    "routing/estimates": () => (empty ? { samples: 0, recent: [] } : estimates),
  };

  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const method = request.method ?? "";
    if (path === "/page.js") return void response.setHeader("content-type", "text/javascript").end(script);
    if (path.startsWith("/api/agent/stream")) return listen(response);
    if (!path.startsWith("/api/")) return void response.setHeader("content-type", "text/html").end(html);
    const body = await bodyOf(request);
    if (path === "/api/agent/presence/looking") return void response.end('{"status":"online"}');
    if (method !== "GET") calls.push({ method, path, body });
    const { status = 200, body: answer } = reply(method, path, body);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  function reply(method: string, path: string, body: Record<string, unknown>): Answer {
    const place = path.replace("/api/admin/", "");
    if (method === "GET") return { body: answers[place]?.() ?? {} };
    if (refusal !== undefined) return refusal;
    if (method === "DELETE") return { body: {} };
    return { body: { ...routing, ...berlinHours, id: idOf(890), ...body, warnings: [], version: 9 } };
  }

  function listen(response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const opened = {
      stream: "operator",
      streamId: "s1",
      heartbeatSeconds: 15,
      time: new Date().toISOString(),
    };
    response.write(`event: connected\ndata: ${JSON.stringify(opened)}\n\n`);
    streams.add(response);
    response.on("close", () => streams.delete(response));
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    calls,
    /** From now on every change is refused so. */
    refuse(message: string, fields: Record<string, string> = {}) {
      const error = { code: "invalid", message, requestId: "r1", details: { fields } };
      refusal = { status: 400, body: { error } };
    },
    /** The queue becomes this, and who looks is told that something moved. */
    move(next: Partial<QueueBoard>) {
      board = { ...board, ...next };
      const told = { operators: operators.map(({ id, name, status }) => ({ id, name, status })) };
      for (const stream of streams) stream.write(`event: presence\ndata: ${JSON.stringify(told)}\n\n`);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? {} : JSON.parse(text);
}
