import { AppError } from "#lib/errors";
import { LaneRequest, tooLarge } from "./lane-request.ts";

/** How many bytes a body may have where a route does not say otherwise. */
export const usualBodyLimit = 256 * 1024;

const deepest = 64;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Reads one header, cheaply where the lane serves the request. */
export function header(request: Request, name: string): string | null {
  return request instanceof LaneRequest ? request.header(name) : request.headers.get(name);
}

/** Reads the raw body, counting while it arrives. Throws `too_large` beyond the limit. */
export async function readBytes(request: Request, limit: number = usualBodyLimit): Promise<Buffer> {
  if (Number(header(request, "content-length") ?? 0) > limit) throw tooLarge(limit);
  if (request instanceof LaneRequest) return request.read(limit);
  if (request.body === null) return Buffer.alloc(0);
  return readStream(request.body, limit);
}

/** Reads a JSON body. Throws `unsupported_media`, `too_large`, or `invalid` for what is no well-formed JSON in UTF-8. */
export async function readJson(request: Request, limit: number = usualBodyLimit): Promise<unknown> {
  if (!saysJson(header(request, "content-type"))) {
    if (hasNoBody(request)) return undefined;
    throw new AppError("unsupported_media", "The body must be JSON with the content type application/json.");
  }
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return undefined;
  return parseJson(bytes);
}

/** Parses JSON that a stranger sent: UTF-8, at most 64 levels deep, without NUL or half characters. Throws `invalid`. */
export function parseJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    throw new AppError("invalid", "The body is not valid JSON in UTF-8.");
  }
  refuseUnkeepable(value, 0);
  return value;
}

function saysJson(contentType: string | null): boolean {
  return contentType !== null && /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

function hasNoBody(request: Request): boolean {
  const length = header(request, "content-length");
  return (
    length === "0" ||
    (length === null && header(request, "transfer-encoding") === null && !hasStream(request))
  );
}

function hasStream(request: Request): boolean {
  return !(request instanceof LaneRequest) && request.body !== null;
}

// Postgres refuses NUL, and a half surrogate cannot be written as UTF-8: both would fail later and far away.
function refuseUnkeepable(value: unknown, depth: number): void {
  if (typeof value === "string") refuseText(value);
  if (typeof value !== "object" || value === null) return;
  if (depth >= deepest) throw new AppError("invalid", `The body is nested more than ${deepest} levels deep.`);
  for (const [key, inner] of Object.entries(value)) {
    refuseText(key);
    refuseUnkeepable(inner, depth + 1);
  }
}

function refuseText(text: string): void {
  if (text.includes("\u0000") || !text.isWellFormed()) {
    throw new AppError(
      "invalid",
      "The body holds characters that cannot be stored: NUL, or half of a surrogate pair.",
    );
  }
}

async function readStream(body: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > limit) {
      // Not awaited: a sender who never ends must not hold the answer back.
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    pieces.push(next.value);
  }
  return Buffer.concat(pieces);
}
