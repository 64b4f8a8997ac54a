import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { AppError } from "#lib/errors";

/** A request as the fast lane sees it: the parts of a web Request that routes use, each made only when asked for. */
export class LaneRequest {
  readonly message: IncomingMessage;
  #headers: Headers | undefined;
  #abort: AbortController | undefined;
  #web: Request | undefined;
  #used = false;

  constructor(message: IncomingMessage) {
    this.message = message;
  }

  get method(): string {
    return this.message.method ?? "GET";
  }

  get url(): string {
    const { host = "" } = this.message.headers;
    const origin = `${"encrypted" in this.message.socket ? "https" : "http"}://`;
    // Whoever asks writes the host: what is none must not make an address that nothing can read.
    const readable = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`${origin}${host}`);
    return `${origin}${readable ? host : "localhost"}${this.message.url}`;
  }

  get headers(): Headers {
    this.#headers ??= toHeaders(this.message.rawHeaders);
    return this.#headers;
  }

  /** Fires when the client leaves before it has its answer. */
  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      const abort = new AbortController();
      this.#abort = abort;
      if (this.message.socket.destroyed) abort.abort();
      this.message.socket.once("close", () => abort.abort());
    }
    return this.#abort.signal;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.web().body;
  }

  get bodyUsed(): boolean {
    return this.#used || (this.#web?.bodyUsed ?? false);
  }

  /** Reads one header without making a Headers object. */
  header(name: string): string | null {
    const value = this.message.headers[name];
    return (Array.isArray(value) ? value.join(", ") : value) ?? null;
  }

  /** Reads the whole body, and stops with `too_large` as soon as it is longer than the limit. */
  read(limit: number): Promise<Buffer> {
    this.#used = true;
    return collect(this.message, limit);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.read(Number.POSITIVE_INFINITY);
    return new Uint8Array(bytes).buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return this.read(Number.POSITIVE_INFINITY);
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.read(Number.POSITIVE_INFINITY));
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async blob(): Promise<Blob> {
    return this.web().blob();
  }

  async formData(): Promise<FormData> {
    return this.web().formData();
  }

  clone(): Request {
    return this.web().clone();
  }

  /** The same request as a full web Request, for libraries that insist on one. */
  web(): Request {
    this.#web ??= toWebRequest(this);
    return this.#web;
  }
}

function toHeaders(raw: string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index < raw.length; index += 2) {
    headers.append(raw[index] ?? "", raw[index + 1] ?? "");
  }
  return headers;
}

function toWebRequest(request: LaneRequest): Request {
  const init: RequestInit & { duplex?: "half" } = {
    method: request.method,
    headers: request.headers,
    signal: request.signal,
  };
  if (request.method !== "GET" && request.method !== "HEAD") {
    init.body = Readable.toWeb(request.message) as ReadableStream<Uint8Array>;
    init.duplex = "half";
  }
  return new Request(request.url, init);
}

function collect(message: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    message.on("data", take);
    message.on("end", finish);
    message.on("error", giveUp);
    message.on("close", giveUp);

    function take(piece: Buffer) {
      length += piece.length;
      if (length <= limit) {
        pieces.push(piece);
        return;
      }
      stop();
      message.resume();
      reject(tooLarge(limit));
    }
    function finish() {
      stop();
      resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
    }
    function giveUp() {
      stop();
      reject(cutShort());
    }
    function stop() {
      message.off("data", take).off("end", finish).off("error", giveUp).off("close", giveUp);
    }
  });
}

/** The failure of a body that is longer than a route allows. */
export function tooLarge(limit: number): AppError {
  return new AppError("too_large", `The body is larger than the ${limit} bytes allowed here.`, {
    details: { limit },
  });
}

function cutShort(): AppError {
  return new AppError("invalid", "The request ended before its body was complete.");
}
