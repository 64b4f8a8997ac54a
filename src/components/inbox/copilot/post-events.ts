import type { z } from "zod";
import { createSseParser } from "#client/sse-parser";
import { asWireError, readWireError, WireError } from "#client/wire-error";

type Asked<Event> = {
  url: string;
  body: unknown;
  schema: z.ZodType<Event>;
  onEvent: (event: Event) => void;
  signal: AbortSignal;
};

/**
 * Sends something and hears the stream of events that answers it, until one of them ends it. Throws a `WireError` when
 * the server says no, or the stream breaks off before its end; nothing is thrown after an abort.
 */
export async function postEvents<Event extends { type: string }>({
  url,
  body,
  schema,
  onEvent,
  signal,
}: Asked<Event>): Promise<void> {
  try {
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal });
    if (!response.ok) throw await readWireError(response);
    let ended = false;
    const parser = createSseParser(({ data }) => {
      if (!data || signal.aborted) return;
      const event = schema.parse(JSON.parse(data));
      if (event.type === "done" || event.type === "error") ended = true;
      onEvent(event);
    });
    const decoder = new TextDecoder();
    for (const reader = response.body?.getReader(); reader; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parser.feed(decoder.decode(value, { stream: true }));
    }
    if (!ended) throw new WireError("cut", "The connection broke off.");
  } catch (error) {
    if (!signal.aborted) throw asWireError(error);
  }
}
