import type { Ticker } from "./ticker.ts";

export type Delta = { offset: number; text: string };

/**
 * Gathers pieces of an answer into deltas: the first goes out at once, as does one after a quiet moment; pieces that
 * come faster wait until the window is over.
 */
export class DeltaFlow {
  readonly #ticker: Ticker;
  readonly #send: (delta: Delta) => void;
  readonly #windowMs: number;
  #text = "";
  #sent = 0;
  #lastSent = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(send: (delta: Delta) => void, options: { ticker: Ticker; windowMs: number }) {
    this.#send = send;
    this.#ticker = options.ticker;
    this.#windowMs = options.windowMs;
  }

  /** The text that was sent. */
  get sent(): string {
    return this.#text.slice(0, this.#sent);
  }

  /** Takes a piece; an empty one sends what has gathered. */
  add(piece: string): void {
    if (this.#closed) return;
    if (piece === "") {
      this.flush();
      return;
    }
    this.#text += piece;
    if (this.#cancel !== undefined) return;
    const wait = this.#lastSent + this.#windowMs - this.#ticker.now();
    if (wait <= 0) this.flush();
    else this.#cancel = this.#ticker.after(wait, () => this.flush());
  }

  /** Sends what has gathered. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#closed || this.#sent === this.#text.length) return;
    const delta = { offset: this.#sent, text: this.#text.slice(this.#sent) };
    this.#sent = this.#text.length;
    this.#lastSent = this.#ticker.now();
    this.#send(delta);
  }

  /** Sends everything again from the start, for those who came late. */
  replay(): void {
    this.flush();
    if (!this.#closed && this.#sent > 0) this.#send({ offset: 0, text: this.sent });
  }

  /** Nothing leaves from now on; what was not sent never was. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#closed = true;
  }
}
