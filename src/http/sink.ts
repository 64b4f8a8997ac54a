import { log } from "#lib/log";
import { once } from "#lib/registry";
import { encodeFrame, jitteredRetry } from "#lib/sse";

/** Why a stream ended. */
export type CloseReason = "left" | "slow" | "ended" | "rotated" | "drained" | "revoked" | "failed";

/** Where the frames of one stream go, whatever carries them. */
export type Sink = {
  /** Sends the bytes of whole frames; false once the stream is closed, also by this very write. */
  write(bytes: Uint8Array): boolean;
  /** Bytes that the reader has not taken yet. */
  readonly buffered: number;
  readonly closed: boolean;
  /** Ends the stream; a reader who is still there is told when to come back. */
  close(reason?: CloseReason): void;
  /** Calls back exactly once when the stream has ended, at once where it already has. */
  onClose(listener: (reason: CloseReason) => void): void;
  /** Resolves when the reader has taken what was written, or is gone: long replays wait here between pages. */
  drained(): Promise<void>;
};

/** How many unread bytes a stream may hold before it is cut; its reader resumes by cursor. */
export const mostUnread = 256 * 1024;

/** What every stream shares: its end, its limit, and its place in the list of open streams. */
export abstract class OpenSink implements Sink {
  #listeners: ((reason: CloseReason) => void)[] | undefined;
  #ended: CloseReason | undefined;
  /** When the stream ends by itself, so that coming back is an everyday event. */
  readonly until: number;

  constructor(now: number, life: number) {
    this.until = now + life;
    openStreams().add(this);
  }

  abstract readonly buffered: number;
  abstract drained(): Promise<void>;
  protected abstract send(bytes: Uint8Array): void;
  protected abstract end(): void;
  protected abstract cut(reason: "left" | "slow"): void;

  get closed(): boolean {
    return this.#ended !== undefined;
  }

  write(bytes: Uint8Array): boolean {
    if (this.closed) return false;
    if (this.buffered > mostUnread) {
      this.close("slow");
      return false;
    }
    this.send(bytes);
    return true;
  }

  close(reason: CloseReason = "ended"): void {
    if (this.closed) return;
    this.#ended = reason;
    openStreams().delete(this);
    if (reason === "left" || reason === "slow") this.cut(reason);
    else this.sayGoodbye();
    for (const listener of this.#listeners ?? []) tell(listener, reason);
    this.#listeners = undefined;
  }

  onClose(listener: (reason: CloseReason) => void): void {
    if (this.#ended !== undefined) {
      tell(listener, this.#ended);
      return;
    }
    this.#listeners ??= [];
    this.#listeners.push(listener);
  }

  private sayGoodbye(): void {
    this.send(encodeFrame({ retry: jitteredRetry() }));
    this.end();
  }
}

/** How many streams this process holds open. */
export function countStreams(): number {
  return openStreams().size;
}

/** Ends every open stream of this process, telling each reader when to come back. */
export function closeStreams(reason: CloseReason): void {
  for (const sink of [...openStreams()]) sink.close(reason);
}

/** Ends the streams whose time is over; the process's one ticker calls it every second. */
export function rotateStreams(now: number = Date.now()): void {
  for (const sink of openStreams()) {
    if (sink.until <= now) sink.close("rotated");
  }
}

/** Draws how long a stream lives: five to ten minutes, so that streams do not end together. */
export function streamLife(random: number = Math.random()): number {
  return 300_000 + Math.floor(random * 300_000);
}

function openStreams(): Set<OpenSink> {
  return once("http.streams", () => {
    const streams = new Set<OpenSink>();
    // One clock for all streams: a timer for each would cost more memory than the stream.
    setInterval(rotateStreams, 1_000).unref();
    return streams;
  });
}

function tell(listener: (reason: CloseReason) => void, reason: CloseReason): void {
  try {
    listener(reason);
  } catch (error) {
    log.error({ name: error instanceof Error ? error.name : "unknown" }, "cleaning up after a stream failed");
  }
}
