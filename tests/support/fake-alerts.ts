import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LiveEvent } from "#contracts/events";
import {
  type AlertPage,
  AlertSettings,
  type AlertView,
  alertDefaults,
  groupOfAlert,
  type PushDevice,
} from "#contracts/notifications";
import { bundledPage } from "./inbox-bundle.ts";

export type FakeAlerts = Awaited<ReturnType<typeof openFakeAlerts>>;

/** A server that plays what operators are told from memory, and shows the page of their settings. */
export async function openFakeAlerts({ mail = true } = {}) {
  const { script, style } = await bundledPage("alerts-page");
  const streams = new Set<ServerResponse>();
  const state = {
    alerts: [] as AlertView[],
    settings: alertDefaults,
    devices: [] as PushDevice[],
    calls: [] as { method: string; path: string; body: unknown }[],
  };
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Notifications · Baton</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/page.js"></script></body></html>`;

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    if (pathname === "/page.js") return void send(response, "text/javascript", script);
    if (pathname === "/push-worker.js")
      return void send(response, "text/javascript", readFileSync("public/push-worker.js", "utf8"));
    if (pathname.startsWith("/icons/"))
      return void send(response, "image/png", readFileSync(`public${pathname}`));
    if (pathname === "/api/agent/stream") return void openStream(request, response);
    if (!pathname.startsWith("/api/")) return void send(response, "text/html", html);
    const body = await bodyOf(request);
    state.calls.push({ method: request.method ?? "", path: pathname, body });
    const [status, answer] = reply(
      request.method ?? "",
      pathname.replace("/api/agent/notifications", ""),
      body,
    );
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  function reply(method: string, path: string, body: unknown): [number, unknown] {
    if (path === "") return [200, page()];
    if (path === "/preferences") {
      if (method === "GET") return [200, view()];
      const parsed = AlertSettings.safeParse(body);
      if (!parsed.success) {
        const fields = Object.fromEntries(
          parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]),
        );
        const error = {
          code: "invalid",
          message: "Something is wrong.",
          requestId: "r1",
          details: { fields },
        };
        return [400, { error }];
      }
      state.settings = parsed.data;
      return [200, view()];
    }
    if (path === "/read") {
      state.alerts = state.alerts.map((alert) => ({ ...alert, read: true }));
      return [200, page().unread];
    }
    if (path === "/test") return [200, { sent: 1, gone: 0, failed: 0 }];
    if (path === "/push" && method === "GET")
      return [200, { publicKey: "B".repeat(87), devices: state.devices }];
    if (method === "DELETE") {
      state.devices = state.devices.filter(({ id }) => !path.endsWith(id));
      return [204, undefined];
    }
    return [404, { error: { code: "not_found", message: "There is nothing here.", requestId: "r1" } }];
  }

  const view = () => ({ settings: state.settings, mail: { on: mail, address: "maya@northwind.example" } });

  function page(): AlertPage {
    const unread = { queue: 0, mine: 0, mentions: 0, sla: 0 };
    for (const { kind, read } of state.alerts) if (!read) unread[groupOfAlert[kind]] += 1;
    return { alerts: state.alerts, unread };
  }

  function openStream(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    write(response, "connected", {
      stream: "operator",
      streamId: "s1",
      heartbeatSeconds: 15,
      time: new Date().toISOString(),
    });
    streams.add(response);
    request.on("close", () => streams.delete(response));
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    state,
    page,
    streams: () => streams.size,
    tell(event: LiveEvent) {
      for (const stream of streams) write(stream, event.type, event);
    },
    /** Tells the operator of something, and lets it stand unread. */
    alert(alert: AlertView) {
      state.alerts = [alert, ...state.alerts.filter(({ id }) => id !== alert.id)];
      const { conversationId } = alert;
      for (const stream of streams)
        write(stream, "alert", { type: "alert", conversationId, alert, unread: page().unread });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** An alert of a made-up customer. */
export function anAlert(change: Partial<AlertView> = {}): AlertView {
  return {
    id: crypto.randomUUID(),
    kind: "escalation",
    conversationId: crypto.randomUUID(),
    customer: "Maria Santos",
    reason: "explicit_request",
    count: 1,
    at: new Date().toISOString(),
    read: false,
    ...change,
  };
}

function send(response: ServerResponse, type: string, body: string | Buffer) {
  response.writeHead(200, { "content-type": type }).end(body);
}

function write(stream: ServerResponse, event: string, data: object) {
  stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const piece of request) text += piece;
  return text === "" ? undefined : JSON.parse(text);
}
