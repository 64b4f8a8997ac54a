import { request as askPlain, type ClientRequest, type IncomingMessage } from "node:http";
import { request as askSecure } from "node:https";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { once } from "#lib/registry";

export type OutboundRequest = {
  url: string | URL;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** From the first byte out to the last byte in; 15 seconds where nothing is said. */
  timeoutMs?: number;
  /** The most bytes of an answer; 1 MB where nothing is said. */
  maxBytes?: number;
  /** Hosts (`name:port`) that may be asked although they lead to a private address. */
  privateHosts?: readonly string[];
  /**
   * How many redirects are followed, none where nothing is said. Only the first host is sent `headers`: a credential
   * never travels on to another.
   */
  redirects?: number;
};

export type OutboundAnswer = { status: number; headers: Headers; body: Buffer; url: URL };

export type OutboundFault =
  | "private_address"
  | "unreachable"
  | "timeout"
  | "broken"
  | "too_large"
  | "too_many_redirects"
  | "bad_address";

/** Why no answer came. `left` says whether the other side can have acted on the request. */
export class OutboundError extends Error {
  readonly code: OutboundFault;
  readonly left: boolean;

  constructor(code: OutboundFault, words: string, options: { left: boolean; cause?: unknown }) {
    super(words, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "OutboundError";
    this.code = code;
    this.left = options.left;
  }
}

/**
 * Asks a server outside. Addresses that lead into a private network are refused after the name was resolved, on the very
 * connection, and again at each redirect (OWASP, "Server-Side Request Forgery Prevention"). Throws `OutboundError`.
 */
export async function outbound(asked: OutboundRequest): Promise<OutboundAnswer> {
  const timeout = AbortSignal.timeout(asked.timeoutMs ?? 15_000);
  let request = asked;
  let url = addressOf(asked.url);
  for (let hop = 0; hop <= (asked.redirects ?? 0); hop += 1) {
    const answer = await ask(request, { url, signal: timeout, left: hop > 0 });
    const next = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || next === null || asked.redirects === undefined)
      return answer;
    const place = addressOf(next, url);
    request = followed(request, url, place);
    url = place;
  }
  throw new OutboundError("too_many_redirects", "The address redirects too often.", { left: true });
}

// Headers that were left behind once stay behind: another host must not send us back with them, to a place that it chose.
function followed(request: OutboundRequest, from: URL, to: URL): OutboundRequest {
  const headers = to.origin === from.origin ? request.headers : {};
  return { ...request, method: "GET", body: undefined, headers };
}

function addressOf(given: string | URL, base?: URL): URL {
  const url = URL.canParse(String(given), base) ? new URL(given, base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new OutboundError("bad_address", "This is no http or https address.", { left: base !== undefined });
  }
  return url;
}

/** One request of a way: where it goes, how long it may take, and whether one before it reached a server. */
type Hop = { url: URL; signal: AbortSignal; left: boolean };

async function ask(asked: OutboundRequest, { url, signal, ...before }: Hop): Promise<OutboundAnswer> {
  const secure = url.protocol === "https:";
  let { left } = before;
  try {
    return await new Promise<OutboundAnswer>((done, fail) => {
      const begin = secure ? askSecure : askPlain;
      const length =
        asked.body === undefined ? {} : { "content-length": String(Buffer.byteLength(asked.body)) };
      const outgoing: ClientRequest = begin(url, {
        method: asked.method ?? "GET",
        headers: { ...asked.headers, ...length },
        // No socket is used twice: one that the other side closed meanwhile would look like a lost answer.
        agent: isAllowed(url, asked.privateHosts) ? false : guard(secure),
        signal,
      });
      outgoing.once("error", fail);
      outgoing.once("socket", (socket) => {
        const mark = () => {
          left = true;
        };
        if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", mark);
        else if (!socket.destroyed) mark();
      });
      outgoing.once("response", (incoming) => {
        left = true;
        collect(incoming, asked.maxBytes ?? 1_048_576).then(
          (body) => done({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body, url }),
          fail,
        );
      });
      outgoing.end(asked.body);
    });
  } catch (error) {
    throw faultOf(error, left);
  }
}

async function collect(incoming: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most)
      throw new OutboundError("too_large", "The answer is larger than allowed.", { left: true });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  return headers;
}

function isAllowed(url: URL, hosts: readonly string[] = []): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return hosts.includes(`${url.hostname}:${port}`);
}

/** One agent a scheme, which refuses private, loopback, link-local and reserved addresses where the socket connects. */
function guard(secure: boolean) {
  return secure
    ? once("outbound.https", () => new RequestFilteringHttpsAgent())
    : once("outbound.http", () => new RequestFilteringHttpAgent());
}

function faultOf(error: unknown, left: boolean): OutboundError {
  if (error instanceof OutboundError) return error;
  const { name = "", message = "", code = "" } = error as NodeJS.ErrnoException;
  // The agent has no error of its own for this, only these words.
  if (/^DNS lookup .* is not allowed/.test(message)) {
    const words = "The address leads into a private network, which is not allowed.";
    return new OutboundError("private_address", words, { left, cause: error });
  }
  if (name === "TimeoutError" || name === "AbortError" || code === "ETIMEDOUT") {
    return new OutboundError("timeout", "No answer came in time.", { left, cause: error });
  }
  if (!left) return new OutboundError("unreachable", "The server cannot be reached.", { left, cause: error });
  return new OutboundError("broken", "The connection broke before the answer came.", { left, cause: error });
}
