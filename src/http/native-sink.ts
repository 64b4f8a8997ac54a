import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { OpenSink, type Sink, streamLife } from "./sink.ts";

/** Writes a stream's head and opens its sink on a Node response. */
export type NativeWriter = (response: ServerResponse, headers: Record<string, string>) => void;

const graceToTakeTheRest = 3_000;
const lastChunk = "0\r\n\r\n";
const chunks = new WeakMap<Uint8Array, Buffer>();

/** Sends the head of a stream and hands its socket to a sink, with no web stream in between. */
export function onSocket(
  response: ServerResponse,
  headers: Record<string, string>,
  start: (sink: Sink) => void,
): void {
  const { socket } = response;
  if (socket === null || socket.destroyed) return;
  response.writeHead(200, headers);
  response.flushHeaders();
  socket.setKeepAlive(true, 15_000);
  start(new NativeSink(socket, response.chunkedEncoding));
}

class NativeSink extends OpenSink {
  readonly #socket: Socket;
  readonly #chunked: boolean;

  constructor(socket: Socket, chunked: boolean) {
    super(Date.now(), streamLife());
    this.#socket = socket;
    this.#chunked = chunked;
    socket.once("close", () => this.close("left"));
  }

  get buffered(): number {
    return this.#socket.writableLength;
  }

  drained(): Promise<void> {
    if (this.closed || !this.#socket.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("drain", resolve);
      this.onClose(() => resolve());
    });
  }

  protected send(bytes: Uint8Array): void {
    this.#socket.write(this.#chunked ? chunk(bytes) : bytes);
  }

  protected end(): void {
    const socket = this.#socket;
    if (this.#chunked) socket.end(lastChunk);
    else socket.end();
    setTimeout(() => socket.destroy(), graceToTakeTheRest).unref();
  }

  protected cut(): void {
    this.#socket.destroy();
  }
}

// One event goes to many streams as the same bytes, so its chunk is framed once as well.
function chunk(bytes: Uint8Array): Buffer {
  const known = chunks.get(bytes);
  if (known !== undefined) return known;
  const framed = Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
  chunks.set(bytes, framed);
  return framed;
}
