import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { openLane, type RouteModule } from "#http/lane";
import { branch, find, plant } from "#http/lane-router";

/** The two ways into a route: the fast lane, and web Requests and Responses as Next hands them over. */
export const doorNames = ["lane", "web"] as const;
export type DoorName = (typeof doorNames)[number];

export type Door = { name: DoorName; url: string; server: Server; close(): Promise<void> };

/** Opens a door to route modules given by their App Router paths, such as `api/chat/[sessionId]/message`. */
export async function openDoor(name: DoorName, modules: Record<string, RouteModule>): Promise<Door> {
  const handle = name === "lane" ? laneDoor(modules) : webDoor(modules);
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { name, url: `http://127.0.0.1:${port}`, server, close };
}

function laneDoor(modules: Record<string, RouteModule>) {
  const lane = openLane(modules);
  return (message: IncomingMessage, to: ServerResponse) => {
    if (!lane(message, to)) to.writeHead(404).end();
  };
}

function webDoor(modules: Record<string, RouteModule>) {
  const root = branch<RouteModule>();
  for (const [path, module] of Object.entries(modules)) plant(root, path, module);
  return (message: IncomingMessage, to: ServerResponse) => void serve(message, to);

  async function serve(message: IncomingMessage, to: ServerResponse): Promise<void> {
    const match = find(root, (message.url ?? "").split("?")[0] ?? "");
    const method = message.method === "HEAD" ? "GET" : (message.method ?? "GET");
    const handler = match?.leaf[method];
    if (match === undefined) {
      to.writeHead(404).end();
      return;
    }
    if (typeof handler !== "function") {
      to.writeHead(405).end();
      return;
    }
    const response: Response = await handler(webRequest(message, to), {
      params: Promise.resolve(match.params),
    });
    to.writeHead(response.status, [...response.headers].flat());
    if (response.body === null || message.method === "HEAD") {
      to.end();
      return;
    }
    await pour(response.body, to);
  }
}

function webRequest(message: IncomingMessage, to: ServerResponse): Request {
  const left = new AbortController();
  to.once("close", () => left.abort());
  const headers = new Headers();
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    headers.append(message.rawHeaders[index] ?? "", message.rawHeaders[index + 1] ?? "");
  }
  const init: RequestInit & { duplex: "half" } = {
    method: message.method ?? "GET",
    headers,
    signal: left.signal,
    duplex: "half",
  };
  if (message.method !== "GET" && message.method !== "HEAD") {
    init.body = Readable.toWeb(message) as ReadableStream<Uint8Array>;
  }
  return new Request(`http://${message.headers.host}${message.url}`, init);
}

async function pour(body: ReadableStream<Uint8Array>, to: ServerResponse): Promise<void> {
  const reader = body.getReader();
  let go = () => {};
  to.on("drain", () => go());
  to.once("close", () => {
    go();
    reader.cancel().catch(() => undefined);
  });
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (to.write(next.value) || to.destroyed) continue;
      await new Promise<void>((resolve) => {
        go = resolve;
      });
    }
    to.end();
  } catch {
    to.destroy();
  }
}
