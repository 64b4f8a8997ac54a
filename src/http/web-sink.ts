import { mostUnread, OpenSink, type Sink, streamLife } from "./sink.ts";

/** Makes a web stream whose sink knows how much of it is unread. */
export function webSink(signal: AbortSignal, start: (sink: Sink) => void): ReadableStream<Uint8Array> {
  let sink: WebSink | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const made = new WebSink(controller);
        sink = made;
        const leave = () => made.close("left");
        signal.addEventListener("abort", leave, { once: true });
        made.onClose(() => signal.removeEventListener("abort", leave));
        if (signal.aborted) leave();
        else start(made);
      },
      pull() {
        sink?.taken();
      },
      cancel() {
        sink?.close("left");
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnread }),
  );
}

class WebSink extends OpenSink {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  #waiting: (() => void)[] = [];

  constructor(controller: ReadableStreamDefaultController<Uint8Array>) {
    super(Date.now(), streamLife());
    this.#controller = controller;
  }

  get buffered(): number {
    return mostUnread - (this.#controller.desiredSize ?? mostUnread);
  }

  drained(): Promise<void> {
    if (this.closed || this.buffered < mostUnread) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.onClose(() => resolve());
    });
  }

  /** Wakes those who wait for the reader. */
  taken(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  protected send(bytes: Uint8Array): void {
    this.#controller.enqueue(bytes);
  }

  protected end(): void {
    this.#controller.close();
  }

  protected cut(reason: "left" | "slow"): void {
    try {
      if (reason === "slow") this.#controller.error(new Error("The reader was too slow."));
      else this.#controller.close();
    } catch {
      // Already cancelled by the reader: nothing is left to cut.
    }
  }
}
