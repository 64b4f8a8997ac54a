/** Measures and waits; passed as an argument so that a test can let time pass at will. */
export type Ticker = {
  /** Milliseconds that never run backwards. */
  now(): number;
  /** Calls back once after some milliseconds; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
};

/** The time of this process, untouched by changes of the wall clock. */
export const systemTicker: Ticker = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits, or ends early with the signal's reason. */
export function pause(ticker: Ticker, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    if (signal.aborted) {
      fail(signal.reason);
      return;
    }
    const leave = () => {
      cancel();
      fail(signal.reason);
    };
    const cancel = ticker.after(ms, () => {
      signal.removeEventListener("abort", leave);
      done();
    });
    signal.addEventListener("abort", leave, { once: true });
  });
}
