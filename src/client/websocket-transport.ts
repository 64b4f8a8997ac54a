import type { Frame, Listening, Transport } from "./transport.ts";
import { WireError } from "./wire-error.ts";

/** What the first message of a socket says: who listens, and to what. */
export type Authentication = {
  stream: "conversation" | "operator";
  token?: string;
  session?: string;
  sessionId?: string;
  watch?: string;
};

export type WebSocketSource = {
  url: string | (() => string);
  authenticate: () => Authentication;
  WebSocket?: typeof WebSocket;
};

/** Reads the same events over a WebSocket; the first message authenticates, so that no token is in an address. */
export function webSocketTransport(source: WebSocketSource): Transport {
  return { name: "websocket", open: (listening) => listen(source, listening) };
}

function listen(source: WebSocketSource, { lastEventId, signal, ...on }: Listening): Promise<void> {
  return new Promise((resolve, reject) => {
    const Socket = source.WebSocket ?? WebSocket;
    const socket = new Socket(typeof source.url === "string" ? source.url : source.url());
    const abort = () => socket.close();
    signal.addEventListener("abort", abort, { once: true });
    socket.onopen = () => {
      const cursor = lastEventId ? { lastEventId } : {};
      socket.send(JSON.stringify({ type: "authenticate", ...source.authenticate(), ...cursor }));
    };
    socket.onmessage = ({ data }) => {
      on.onAlive();
      const frame = frameOf(data);
      if (frame === undefined) return;
      if (frame.event === undefined) on.onId(frame.id ?? "");
      else on.onFrame({ ...frame, event: frame.event });
    };
    socket.onclose = ({ code, reason }) => {
      signal.removeEventListener("abort", abort);
      if (signal.aborted || code === 1000 || code === 1001 || code === 1012) resolve();
      else reject(closeError(code, reason));
    };
  });
}

type Loose = Omit<Frame, "event"> & { event?: string };

function frameOf(data: unknown): Loose | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(data);
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const { id, event, data: inner } = parsed as Record<string, unknown>;
    const frame: Loose = { data: inner };
    if (typeof id === "string") frame.id = id;
    if (typeof event === "string") frame.event = event;
    return frame.event === undefined && frame.id === undefined ? undefined : frame;
  } catch {
    return undefined;
  }
}

function closeError(code: number, reason: string): WireError {
  // 4401 and its kin carry an HTTP status; everything else is a broken way.
  if (code >= 4400 && code < 4600)
    return new WireError("refused", reason || "The server refused.", { status: code - 4000 });
  return new WireError("unreachable", reason || "The connection was cut.");
}
