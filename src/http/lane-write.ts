import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import { writeNatively } from "./event-stream.ts";

/** Writes a finished answer in one piece. */
export function writeAnswer(
  to: ServerResponse,
  { status, headers, body }: Answer,
  { head }: { head: boolean },
): void {
  if (body === undefined) {
    to.writeHead(status, headers).end();
    return;
  }
  to.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  to.end(head ? undefined : body);
}

/** Writes a web Response: a stream of ours natively, anything else as its reader takes it. */
export async function writeResponse(
  to: ServerResponse,
  response: Response,
  { head }: { head: boolean },
): Promise<void> {
  if (writeNatively(response, to)) return;
  to.writeHead(response.status, headersOf(response));
  if (head || response.body === null) {
    to.end();
    // A body that nobody reads would hold its file open.
    await response.body?.cancel();
    return;
  }
  await pour(response.body, to);
}

function headersOf(response: Response): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  return headers;
}

async function pour(body: ReadableStream<Uint8Array>, to: ServerResponse): Promise<void> {
  const reader = body.getReader();
  to.once("close", () => void reader.cancel().catch(() => undefined));
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (!to.write(next.value)) await takenOrGone(to);
    }
    to.end();
  } catch {
    // The head is out already: cutting the connection is the only way left to say that the body is not whole.
    to.destroy();
  }
}

function takenOrGone(to: ServerResponse): Promise<void> {
  if (to.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      to.off("drain", done);
      to.off("close", done);
      resolve();
    };
    to.once("drain", done);
    to.once("close", done);
  });
}
