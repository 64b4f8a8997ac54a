import { DeltaFlow } from "./delta-flow.ts";
import type { Run, RunStore } from "./run-store.ts";
import type { Ticker } from "./ticker.ts";

/** Why a run was ended from outside. */
export type EndReason = "stopped" | "superseded" | "lost" | "draining" | "overdue";

/** What a run's signal is aborted with. */
export class RunEnd extends Error {
  readonly why: EndReason;

  constructor(why: EndReason) {
    super(`The answer was ended: ${why}.`);
    this.name = "AbortError";
    this.why = why;
  }
}

export type RunEvent =
  | { type: "thinking" }
  | { type: "delta"; offset: number; text: string }
  | { type: "superseded" };

export type DriveTimes = { leaseMs: number; renewMs: number; windowMs: number; longestMs: number };

export type DriveOptions = {
  store: RunStore;
  ticker: Ticker;
  times: DriveTimes;
  publish(run: Run, event: RunEvent): void;
  /** When the run was claimed, before the database was asked. */
  claimedAt: number;
};

/** One run in this process's hands: its lease, its words so far, and the way to end it. */
export class Drive {
  readonly run: Run;
  readonly #options: DriveOptions;
  readonly #flow: DeltaFlow;
  readonly #abort = new AbortController();
  readonly #ended: Promise<RunEnd>;
  #heldUntil: number;
  #cancelRenewal: (() => void) | undefined;
  #cancelOverdue: (() => void) | undefined;
  #renewing = false;
  #over = false;

  constructor(run: Run, options: DriveOptions) {
    const { ticker, times, publish } = options;
    this.run = run;
    this.#options = options;
    this.#heldUntil = options.claimedAt + times.leaseMs;
    this.#flow = new DeltaFlow((delta) => publish(run, { type: "delta", ...delta }), {
      ticker,
      windowMs: times.windowMs,
    });
    this.#ended = new Promise((done) => {
      this.signal.addEventListener("abort", () => done(this.signal.reason as RunEnd), { once: true });
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The words that were shown. */
  get shown(): string {
    return this.#flow.sent;
  }

  /** Does the work and answers why it was ended early, or `undefined`; its failure is thrown. */
  async carry(work: (ports: { signal: AbortSignal; emit(piece: { text: string }): void }) => Promise<void>) {
    const { ticker, times } = this.#options;
    this.#renewLater(times.renewMs);
    this.#cancelOverdue = ticker.after(times.longestMs, () => this.end("overdue"));
    const worked = work({ signal: this.signal, emit: ({ text }) => this.#emit(text) });
    // Work that goes on after its end may fail unseen.
    worked.catch(() => undefined);
    try {
      return await Promise.race([worked.then(() => undefined), this.#ended]);
    } catch (error) {
      if (this.signal.aborted) return this.signal.reason as RunEnd;
      throw error;
    } finally {
      this.#finish();
    }
  }

  /** Ends the run: nothing leaves it after this returns. */
  end(why: EndReason): void {
    if (this.#over || this.signal.aborted) return;
    // Words of a run that another holder or a person overtook must not follow; all others are part of what stays.
    if (why !== "lost" && why !== "superseded") this.#flow.flush();
    this.#flow.close();
    this.#abort.abort(new RunEnd(why));
  }

  /** Sends all words again, for readers who came late. */
  replay(): void {
    this.#flow.replay();
  }

  #emit(text: string): void {
    if (this.#over || this.signal.aborted) return;
    if (this.#options.ticker.now() >= this.#heldUntil) {
      this.end("lost");
      return;
    }
    const first = this.#flow.sent === "";
    this.#flow.add(text);
    // The first words are stored at once: a run that showed something is never begun anew under the same bubble.
    if (first && text !== "") this.#renewLater(0);
  }

  #renewLater(ms: number): void {
    if (this.#over) return;
    this.#cancelRenewal?.();
    this.#cancelRenewal = this.#options.ticker.after(ms, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    if (this.#over || this.#renewing || this.signal.aborted) return;
    const { store, ticker, times } = this.#options;
    this.#renewing = true;
    const asked = ticker.now();
    try {
      const renewal = await store.renew(this.run, times.leaseMs, this.shown);
      if (renewal === "lost") this.end("lost");
      else this.#heldUntil = asked + times.leaseMs;
      if (renewal === "stop") this.end("stopped");
      this.#renewLater(times.renewMs);
    } catch {
      // The database is away: the run goes on as long as its lease surely holds.
      if (ticker.now() >= this.#heldUntil) this.end("lost");
      this.#renewLater(Math.min(500, times.renewMs));
    } finally {
      this.#renewing = false;
    }
  }

  #finish(): void {
    this.#over = true;
    this.#cancelRenewal?.();
    this.#cancelOverdue?.();
    this.#flow.flush();
    this.#flow.close();
  }
}
