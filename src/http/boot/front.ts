import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { addressOf, clientAddressHeader, trustProxies } from "#http/client-address";
import { type Lane, loadLane } from "#http/lane";
import { closeStreams } from "#http/sink";
import { type OnConnection, webSocket } from "#http/web-socket";
import { log } from "#lib/log";
import type { House } from "./house.ts";
import { openPages, type Pages } from "./pages.ts";
import type { Part } from "./part.ts";

/** The HTTP server: the lane in front of Next, and WebSockets beside them. */
export function front(house: House, onConnection?: OnConnection): Part {
  let server: Server | undefined;
  let pages: Pages | undefined;
  let sockets: { close(): void } | undefined;
  return {
    name: "front door",
    async start() {
      trustProxies(house.env.TRUSTED_PROXIES);
      const lane = laneIsOn(house) ? await loadLane(join(house.root, "src", "app", "api")) : undefined;
      const opened = await openPages(house);
      pages = opened;
      server = makeServer(lane, opened);
      if (onConnection !== undefined) {
        sockets = webSocket(server, { path: "/ws", onConnection, otherwise: opened.upgrade });
      } else if (opened.upgrade !== undefined) server.on("upgrade", opened.upgrade);
      await listen(server, house);
    },
    async drain() {
      if (server !== undefined) await drain(server, sockets);
    },
    async stop() {
      server?.closeAllConnections();
      await pages?.close();
    },
  };
}

function laneIsOn({ dev }: House): boolean {
  // In development Next answers, so that a changed route is seen without a restart.
  return process.env.LANE === undefined ? !dev : process.env.LANE !== "off";
}

function makeServer(lane: Lane | undefined, pages: Pages): Server {
  const server = createServer((message, to) => {
    if (lane?.(message, to)) return;
    message.headers[clientAddressHeader] = addressOf(message);
    pages.handle(message, to).catch((error: unknown) => {
      log.error({ name: error instanceof Error ? error.name : "" }, "a page could not be answered");
      if (to.headersSent) to.destroy();
      else to.writeHead(500).end();
    });
  });
  // Longer than the usual minute of a reverse proxy, so that it is never we who close a connection it is about to use.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return server;
}

async function listen(server: Server, house: House): Promise<void> {
  const { HOST, PORT } = house.env;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, 4_096, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  if (PORT === 0) house.baseUrl = house.baseUrl.replace(/:0$/, `:${port}`);
}

async function drain(server: Server, sockets: { close(): void } | undefined): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeStreams("drained");
  sockets?.close();
  // A connection that was busy a moment ago becomes idle without telling the server that closes.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearInterval(sweep);
}
