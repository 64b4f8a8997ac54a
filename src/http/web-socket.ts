import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { AppError, type ErrorCode, isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { encodeFrame, isFrameId } from "#lib/sse";
import { addressOf } from "./client-address.ts";
import { parseJson } from "./read-body.ts";
import type { Sink } from "./sink.ts";
import { SocketSink } from "./socket-sink.ts";

/** One WebSocket whose first message has arrived; each message it gets holds the very bytes of stream frames. */
export type Connection = {
  /** The first message, which says who this is; parsed JSON that nobody has checked yet. */
  first: unknown;
  origin: string | undefined;
  host: string | undefined;
  cookie: string | undefined;
  ip: string;
  /** The cursor in the first message's `lastEventId`, where it is one. */
  lastEventId: string | undefined;
  sink: Sink;
  /** Calls back with each later message, parsed. */
  onMessage(listener: (message: unknown) => void): void;
};

/** What is done with a connection; a thrown AppError is told to the client before the connection ends. */
export type OnConnection = (connection: Connection) => Promise<void> | void;

/** Takes upgrades that are not ours; Next's development server needs them. */
export type OtherUpgrade = (message: IncomingMessage, socket: Duplex, head: Buffer) => void;

type Options = {
  path: string;
  onConnection: OnConnection;
  otherwise?: OtherUpgrade;
  /** Milliseconds for the first message, and between pings. */
  patience?: number;
  beat?: number;
};

const closeCodes: Partial<Record<ErrorCode, number>> = {
  invalid: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  not_found: 4404,
  rate_limited: 4429,
};

/** Serves WebSockets on one path of a server: first message within five seconds, at most 64 KB each, pinged while they live. */
export function webSocket(server: Server, options: Options): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const beat = setInterval(() => sweep(sockets), options.beat ?? 15_000).unref();
  const onUpgrade = (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (message.url?.split("?", 1)[0] !== options.path) {
      if (options.otherwise) options.otherwise(message, socket, head);
      else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(message, socket, head, (made) => meet(made, message, options));
  };
  server.on("upgrade", onUpgrade);
  return {
    close() {
      clearInterval(beat);
      server.off("upgrade", onUpgrade);
      for (const left of sockets.clients) left.close(1012);
    },
  };
}

const mostWaiting = 16;
const graceToLeave = 1_000;

const silent = new WeakSet<WebSocket>();

function sweep(sockets: WebSocketServer): void {
  for (const socket of sockets.clients) {
    if (silent.has(socket)) {
      socket.terminate();
      continue;
    }
    silent.add(socket);
    socket.ping();
  }
}

function meet(
  socket: WebSocket,
  message: IncomingMessage,
  { onConnection, patience = 5_000 }: Options,
): void {
  const { origin, host, cookie } = message.headers;
  const ip = addressOf(message);
  const late = setTimeout(() => socket.close(4401, "The first message did not come in time."), patience);
  socket.on("pong", () => silent.delete(socket));
  // A broken frame or one that is too large: ws closes the connection itself with the code that says so.
  socket.on("error", () => undefined);
  socket.once("close", () => clearTimeout(late));
  socket.once("message", (data: Buffer) => {
    clearTimeout(late);
    void begin(socket, data, { origin, host, cookie, ip }, onConnection);
  });
}

async function begin(
  socket: WebSocket,
  data: Buffer,
  from: Pick<Connection, "origin" | "host" | "cookie" | "ip">,
  onConnection: OnConnection,
): Promise<void> {
  try {
    const first = parseJson(data);
    const sink = new SocketSink(socket);
    const onMessage = hear(socket);
    await onConnection({ ...from, first, lastEventId: cursorIn(first), sink, onMessage });
  } catch (error) {
    refuse(socket, error);
  }
}

// A hasty client speaks on before it is recognised: a few messages wait for who will hear them.
function hear(socket: WebSocket): (listener: (message: unknown) => void) => void {
  const waiting: Buffer[] = [];
  const handed = { to: undefined as ((message: unknown) => void) | undefined };
  const hand = (data: Buffer) => {
    try {
      if (handed.to !== undefined) handed.to(parseJson(data));
      else if (waiting.length < mostWaiting) waiting.push(data);
      else throw new AppError("rate_limited", "Too many messages at once.");
    } catch (error) {
      refuse(socket, error);
    }
  };
  socket.on("message", hand);
  return (listener) => {
    handed.to = listener;
    for (const data of waiting.splice(0)) hand(data);
  };
}

function cursorIn(first: unknown): string | undefined {
  if (typeof first !== "object" || first === null || !("lastEventId" in first)) return undefined;
  const { lastEventId } = first;
  return typeof lastEventId === "string" && isFrameId(lastEventId) ? lastEventId : undefined;
}

function refuse(socket: WebSocket, thrown: unknown): void {
  if (!isAppError(thrown))
    log.error({ name: thrown instanceof Error ? thrown.name : "" }, "a WebSocket failed");
  const error = isAppError(thrown) ? thrown : new AppError("internal", "Something went wrong on our side.");
  const { code, message } = error;
  socket.send(encodeFrame({ event: "error", data: { type: "error", code, message } }), { binary: false });
  // Whoever is refused is not listened to any more, and need not agree to end.
  socket.removeAllListeners("message");
  socket.close(closeCodes[code] ?? 1011, code);
  setTimeout(() => socket.terminate(), graceToLeave).unref();
}
