import { systemTimers, type Timers } from "#client/timers";
import type { Poll, Transport } from "#client/transport";

/** Asks for what is new again and again, as a way of its own for networks that let no stream through. */
export function pollingTransport(poll: Poll, everyMs = 2_000, timers: Timers = systemTimers): Transport {
  return {
    // The client knows two kinds of streams by name; whoever chose to poll says so in its own status.
    name: "sse",
    async open({ lastEventId, signal, onFrame }) {
      let after = lastEventId;
      let first = true;
      while (!signal.aborted) {
        const { frames, next, more } = await poll(after, signal);
        if (first) onFrame({ event: "connected", data: {} });
        first = false;
        for (const frame of frames) onFrame(frame);
        // A page is whole once all of it is handed over: only then the cursor moves.
        onFrame({ id: next, event: "heartbeat", data: {} });
        after = next;
        if (!more) await wait(everyMs, signal, timers);
      }
    },
  };
}

function wait(milliseconds: number, signal: AbortSignal, timers: Timers): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => {
    const cancel = timers.after(milliseconds, done);
    signal.addEventListener(
      "abort",
      () => {
        cancel();
        done();
      },
      { once: true },
    );
  });
}
