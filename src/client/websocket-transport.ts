import { oneOf, shape, text } from "./guard.ts";
import { createSseParser, type SseBlock } from "./sse-parser.ts";
import type { Listening, Transport } from "./transport.ts";
import { WireError } from "./wire-error.ts";

/** What the first message of a socket says: who listens, and to what. */
export type Authentication =
  | { stream: "conversation"; sessionId: string; token: string }
  | { stream: "operator"; token?: string; watch?: string };

export type WebSocketSource = {
  url: string | (() => string);
  authenticate: () => Authentication;
  WebSocket?: typeof WebSocket;
};

/** Reads the frames of an event stream over a WebSocket; the first message authenticates, so that no token is in an address. */
export function webSocketTransport(source: WebSocketSource): Transport {
  return { name: "websocket", open: (listening) => listen(source, listening) };
}

function listen(source: WebSocketSource, listening: Listening): Promise<void> {
  const { lastEventId, signal, onAlive } = listening;
  return new Promise((resolve, reject) => {
    const Socket = source.WebSocket ?? WebSocket;
    const socket = new Socket(typeof source.url === "string" ? source.url : source.url());
    let refusal: Refusal | undefined;
    const parser = createSseParser((block) => {
      const data = parse(block.data);
      if (block.event === "error" && isRefusal(data)) refusal = data;
      else hand(block, data, listening);
    });
    const abort = () => socket.close();
    signal.addEventListener("abort", abort, { once: true });
    socket.onopen = () => {
      const cursor = lastEventId ? { lastEventId } : {};
      socket.send(JSON.stringify({ type: "authenticate", ...source.authenticate(), ...cursor }));
    };
    socket.onmessage = ({ data }) => {
      if (typeof data !== "string") return;
      onAlive();
      parser.feed(data);
    };
    socket.onclose = ({ code }) => {
      signal.removeEventListener("abort", abort);
      if (signal.aborted || code === 1000 || code === 1001 || code === 1012) resolve();
      else reject(closeError(code, refusal));
    };
  });
}

function hand({ id, event }: SseBlock, data: unknown, { onId, onFrame }: Listening): void {
  if (data !== undefined) onFrame({ ...(id === undefined ? {} : { id }), event: event || "message", data });
  else if (id !== undefined) onId(id);
}

function parse(data: string | undefined): unknown {
  try {
    return data === undefined ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}

type Refusal = { type: "error"; code: string; message: string };

const isRefusal = shape({ type: oneOf("error"), code: text, message: text });

function closeError(code: number, refusal: Refusal | undefined): WireError {
  // 4401 and its kin carry an HTTP status; everything else is a broken way.
  const status = code >= 4400 && code < 4600 ? code - 4000 : undefined;
  if (status === undefined && refusal === undefined)
    return new WireError("unreachable", "The connection was cut.");
  const { code: name = "refused", message = "The server refused." } = refusal ?? {};
  return new WireError(name, message, status === undefined ? {} : { status });
}
