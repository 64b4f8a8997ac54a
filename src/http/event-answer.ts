import type { EventName } from "#contracts/events";
import { encodeFrame } from "#lib/sse";
import { eventStream } from "./event-stream.ts";

/**
 * Answers with a stream that ends by itself: each event is a frame of its own name. Whoever leaves early aborts what
 * feeds it.
 */
export function eventAnswer(
  request: Request,
  open: (signal: AbortSignal) => AsyncIterable<{ type: EventName }>,
): Response {
  return eventStream(request, async (sink, { signal }) => {
    for await (const event of open(signal)) {
      if (!sink.write(encodeFrame({ event: event.type, data: event }))) return;
      await sink.drained();
    }
    sink.close();
  });
}
