import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { StartError } from "#lib/start-error";
import type { House } from "./house.ts";

/** Makes Next's app; handed in by the process entry, since only it and the pages may import Next. */
export type MakeNext = (options: {
  dev: boolean;
  dir: string;
  hostname: string;
  port: number;
  httpServer: Server;
  quiet: boolean;
}) => Promise<{
  prepare(): Promise<void>;
  getRequestHandler(): (message: IncomingMessage, to: ServerResponse) => Promise<void>;
  getUpgradeHandler(): (message: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  close(): Promise<void>;
}>;

/** Next, ready to answer whatever the lane does not. */
export type Pages = {
  handle(message: IncomingMessage, to: ServerResponse): Promise<void>;
  /** Hands an upgrade to Next; undefined in production, where it has none of its own. */
  upgrade: ((message: IncomingMessage, socket: Duplex, head: Buffer) => void) | undefined;
  close(): Promise<void>;
};

/** Prepares Next over the built pages, or over the sources in development. Throws `StartError` where nothing is built. */
export async function openPages({ dev, root, env, next }: House): Promise<Pages> {
  if (!dev && !existsSync(join(root, ".next", "BUILD_ID"))) {
    throw new StartError("The pages have not been built yet.", "Start with: npm start");
  }
  // Next listens for upgrades on the server it is given, and would end those it does not know: it gets one that hears
  // nothing, and is handed those that are its own.
  const ear = createServer();
  const app = await next({
    dev,
    dir: root,
    hostname: env.HOST,
    port: env.PORT,
    httpServer: ear,
    quiet: true,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  return {
    handle: (message, to) => handle(message, to),
    upgrade: dev ? (message, socket, head) => void upgrade(message, socket, head) : undefined,
    close: () => app.close(),
  };
}
