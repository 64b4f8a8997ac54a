import { createSseParser } from "./sse-parser.ts";
import type { Listening, Transport } from "./transport.ts";
import { readWireError, WireError } from "./wire-error.ts";

/** Where an event stream is, and what proves the right to read it; the token is asked for at each opening. */
export type SseSource = {
  url: string | (() => string);
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
};

/** Reads an event stream by `fetch`, so that the token travels in a header and never in an address. */
export function sseTransport(source: SseSource): Transport {
  return { name: "sse", open: (listening) => read(source, listening) };
}

async function read(source: SseSource, listening: Listening): Promise<void> {
  const ask = source.fetch ?? fetch;
  const headers: Record<string, string> = { accept: "text/event-stream", ...source.headers?.() };
  if (listening.lastEventId) headers["last-event-id"] = listening.lastEventId;
  const url = typeof source.url === "string" ? source.url : source.url();
  const response = await ask(url, { headers, cache: "no-store", signal: listening.signal });
  if (!response.ok) throw await readWireError(response);
  if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
    throw new WireError("not_a_stream", "The server did not answer with an event stream.");
  }
  await pump(response.body, listening);
}

async function pump(body: ReadableStream<Uint8Array>, listening: Listening): Promise<void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parser = createSseParser(({ id, event, data }) => {
    if (data === undefined || data === "") {
      if (id !== undefined) listening.onId(id);
      return;
    }
    const parsed = parse(data);
    if (parsed === undefined) return;
    listening.onFrame({ ...(id === undefined ? {} : { id }), event: event || "message", data: parsed });
  });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      listening.onAlive();
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
