import { systemTicker, type Ticker } from "./ticker.ts";

export type BreakerOptions = { failures: number; restMs: number; longestRestMs: number };

const standard: BreakerOptions = { failures: 5, restMs: 5_000, longestRestMs: 60_000 };

/**
 * Stops asking a provider that keeps failing: after some failures in a row it refuses for a while, then lets one
 * request through to see; while that one fails, each rest is twice as long.
 */
export class Breaker {
  readonly #ticker: Ticker;
  readonly #options: BreakerOptions;
  #failures = 0;
  #restMs: number;
  #openUntil: number | undefined;
  #probing = false;

  constructor(options: Partial<BreakerOptions> = {}, ticker: Ticker = systemTicker) {
    this.#options = { ...standard, ...options };
    this.#ticker = ticker;
    this.#restMs = this.#options.restMs;
  }

  /** Says whether a request may go out now; a caller that gets `true` must report how it went. */
  enter(): boolean {
    if (this.#openUntil === undefined) return true;
    if (this.#probing || this.#ticker.now() < this.#openUntil) return false;
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#restMs = this.#options.restMs;
    this.#openUntil = undefined;
    this.#probing = false;
  }

  failed(): void {
    this.#failures += 1;
    const reopens = this.#probing;
    this.#probing = false;
    if (!reopens && this.#failures < this.#options.failures) return;
    if (reopens) this.#restMs = Math.min(this.#restMs * 2, this.#options.longestRestMs);
    this.#openUntil = this.#ticker.now() + this.#restMs;
  }

  /** The request ended for a reason that says nothing about the provider. */
  left(): void {
    this.#probing = false;
  }
}
