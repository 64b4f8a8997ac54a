// A client that costs as little as can be, since it runs on the machine that is measured.
import { connect, type Socket } from "node:net";

export type Answer = { status: number; body: string };
export type Ask = {
  method?: "GET" | "POST";
  path: string;
  token?: string | undefined;
  body?: unknown;
  /** A body that is written out already. */
  text?: string;
  headers?: Record<string, string>;
};

/** Writes out one HTTP request. */
export function rawRequest({ method = "GET", path, token, body, text, headers = {} }: Ask): string {
  const json = text ?? (body === undefined ? "" : JSON.stringify(body));
  const head = [
    `${method} ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Accept: */*",
    "User-Agent: bench",
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(json === "" ? [] : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(json)}`]),
  ];
  return `${head.join("\r\n")}\r\n\r\n${json}`;
}

/** One connection that is kept, with one request under way at a time. */
export class Connection {
  readonly #socket: Socket;
  /** Told each piece of an answer, for who wants to know when it began. */
  onPiece: ((piece: string) => void) | undefined;
  #text = "";
  #waiting: { done(answer: Answer): void; fail(error: Error): void } | undefined;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setNoDelay(true).setEncoding("latin1");
    this.#socket.on("data", (piece: string) => this.#hear(piece));
    this.#socket.on("error", (error) => this.#waiting?.fail(error));
    this.#socket.on("close", () => this.#waiting?.fail(new Error("The connection was closed.")));
  }

  ask(request: string): Promise<Answer> {
    return new Promise((done, fail) => {
      this.#waiting = { done, fail };
      this.#text = "";
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #hear(piece: string): void {
    this.onPiece?.(piece);
    this.#text += piece;
    const answer = wholeAnswer(this.#text);
    if (answer === undefined) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.done(answer);
  }
}

function wholeAnswer(text: string): Answer | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const body = text.slice(end + 4);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? { status, body } : undefined;
  if (!head.includes("transfer-encoding: chunked")) return { status, body: "" };
  if (!body.endsWith("0\r\n\r\n")) return undefined;
  return { status, body: unchunked(body) };
}

function unchunked(body: string): string {
  let rest = body;
  let text = "";
  for (;;) {
    const line = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (!(size > 0)) return text;
    text += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}

/** Asks once on a connection of its own, and throws for anything but a good answer. */
export async function askOnce(port: number, ask: Ask): Promise<Answer> {
  const connection = new Connection(port);
  try {
    const answer = await connection.ask(rawRequest(ask));
    if (answer.status >= 300) throw new Error(`${ask.path} answered ${answer.status}: ${answer.body}`);
    return answer;
  } finally {
    connection.close();
  }
}

export type OpenStream = {
  /** Called with each piece of text, at the moment it came. */
  listen(hear: ((text: string) => void) | undefined): void;
  close(): void;
};

/** Opens an event stream; resolves when its first event is there. */
export function openStream(port: number, path: string, token?: string): Promise<OpenStream> {
  return new Promise((done, fail) => {
    let hear: ((text: string) => void) | undefined;
    let first: string | undefined = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(rawRequest({ path, token })));
    socket.setEncoding("latin1").setNoDelay(true);
    socket.on("error", fail);
    socket.on("close", () => fail(new Error(`The stream ${path} ended: ${first?.slice(0, 200)}`)));
    socket.on("data", (piece: string) => {
      if (first === undefined) {
        hear?.(piece);
        return;
      }
      first += piece;
      if (!first.includes("event: connected")) return;
      first = undefined;
      done({
        listen: (listener) => {
          hear = listener;
        },
        close: () => socket.destroy(),
      });
    });
  });
}

/** Opens many streams, a few at a time. */
export async function openStreams(
  port: number,
  wanted: { path: string; token: string | undefined }[],
  atOnce = 40,
): Promise<OpenStream[]> {
  const open: OpenStream[] = [];
  for (let start = 0; start < wanted.length; start += atOnce) {
    const batch = wanted.slice(start, start + atOnce);
    open.push(...(await Promise.all(batch.map(({ path, token }) => openStream(port, path, token)))));
  }
  return open;
}
