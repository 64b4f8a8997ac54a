import type { WebSocket } from "ws";
import { OpenSink, streamLife } from "./sink.ts";

const graceToTakeTheRest = 3_000;

/** A sink over a WebSocket: each message holds the bytes of a stream's frames as text. */
export class SocketSink extends OpenSink {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super(Date.now(), streamLife());
    this.#socket = socket;
    socket.once("close", () => this.close("left"));
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  drained(): Promise<void> {
    if (this.closed || this.buffered === 0) return Promise.resolve();
    return new Promise((resolve) => {
      // A ping's callback comes when it, and so all before it, has been handed to the network.
      this.#socket.ping(undefined, undefined, () => resolve());
      this.onClose(() => resolve());
    });
  }

  protected send(bytes: Uint8Array): void {
    this.#socket.send(bytes, { binary: false });
  }

  protected end(): void {
    this.#socket.close(1012);
    setTimeout(() => this.#socket.terminate(), graceToTakeTheRest).unref();
  }

  protected cut(): void {
    this.#socket.terminate();
  }
}
