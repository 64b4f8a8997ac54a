import type { ServerResponse } from "node:http";
import { log } from "#lib/log";
import { isFrameId } from "#lib/sse";
import { LaneRequest } from "./lane-request.ts";
import { type NativeWriter, onSocket } from "./native-sink.ts";
import { header } from "./read-body.ts";
import type { Sink } from "./sink.ts";
import { webSink } from "./web-sink.ts";

/** What a stream is opened with. */
export type Opening = {
  /** The cursor that the reader saw last, from the header or from the query of a first connect. */
  lastEventId: string | undefined;
  /** Fires when the stream has ended; made only when asked for. */
  readonly signal: AbortSignal;
};

/** Begins to feed a stream; what it opens it closes in `sink.onClose`. */
export type OpenStream = (sink: Sink, opening: Opening) => void | Promise<void>;

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  connection: "keep-alive",
};

const natives = new WeakMap<Response, NativeWriter>();

/** Answers with an event stream: straight onto the socket under the fast lane, as a web stream elsewhere. */
export function eventStream(request: Request, open: OpenStream): Response {
  if (request.method === "HEAD") return new Response(null, { headers: streamHeaders });
  const lastEventId = lastEventIdOf(request);
  const start = (sink: Sink) => begin(sink, open, lastEventId);
  if (!(request instanceof LaneRequest)) {
    return new Response(webSink(request.signal, start), { headers: streamHeaders });
  }
  const response = new Response(null, { headers: streamHeaders });
  natives.set(response, (message, headers) => onSocket(message, headers, start));
  return response;
}

/** Writes a stream's Response natively, if it is one, and says whether it was. */
export function writeNatively(response: Response, to: ServerResponse): boolean {
  const native = natives.get(response);
  if (native === undefined) return false;
  native(to, Object.fromEntries(response.headers));
  return true;
}

/** The cursor in a request's `Last-Event-ID` header or `lastEventId` query, where it is one. */
export function lastEventIdOf(request: Request): string | undefined {
  const given = header(request, "last-event-id") ?? new URL(request.url).searchParams.get("lastEventId");
  return given !== null && isFrameId(given) ? given : undefined;
}

function begin(sink: Sink, open: OpenStream, lastEventId: string | undefined): void {
  let abort: AbortController | undefined;
  const opening: Opening = {
    lastEventId,
    get signal() {
      if (abort === undefined) {
        const made = new AbortController();
        abort = made;
        sink.onClose(() => made.abort());
      }
      return abort.signal;
    },
  };
  const failed = (error: unknown) => {
    log.error({ name: error instanceof Error ? error.name : "unknown" }, "a stream could not be fed");
    sink.close("failed");
  };
  try {
    Promise.resolve(open(sink, opening)).catch(failed);
  } catch (error) {
    failed(error);
  }
}
