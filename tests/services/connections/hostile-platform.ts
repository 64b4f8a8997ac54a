import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a platform answers when it wants to be misunderstood: everything it was told comes back in its words. */
export const moods = [
  "refuses",
  "forbids",
  "is busy",
  "breaks",
  "answers nonsense",
  "sends a page",
  "hangs up",
] as const;
export type Mood = (typeof moods)[number];

const statuses: Partial<Record<Mood, number>> = { refuses: 401, forbids: 403, "is busy": 429, breaks: 500 };

/** Starts a server that repeats in every field of its answers what it was asked, its headers and body included. */
export async function startHostilePlatform() {
  let asked = 0;
  const hostile = {
    url: "",
    host: "",
    mood: "refuses" as Mood,
    /** How often it was asked anything. */
    asked: () => asked,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  const server = createServer(async (request, response) => {
    asked += 1;
    const heard = await everythingOf(request);
    if (hostile.mood === "hangs up") return void request.socket.destroy();
    if (hostile.mood === "sends a page")
      return void response.writeHead(502, { "content-type": "text/html" }).end(`<html>${heard}</html>`);
    const status = statuses[hostile.mood] ?? 200;
    response
      .writeHead(status, { "content-type": "application/json", "x-echo": heard.slice(0, 500) })
      .end(JSON.stringify(echoed(heard, status)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  hostile.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  hostile.url = `http://${hostile.host}`;
  return hostile;
}

export type HostilePlatform = Awaited<ReturnType<typeof startHostilePlatform>>;

async function everythingOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const heard = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(pieces)}`;
  return heard.replaceAll(/[^\x20-\x7e]/g, "");
}

/** The places where the platforms' own error bodies hold words. */
function echoed(heard: string, status: number): object {
  return {
    ok: false,
    error: status === 429 ? heard : { message: heard, type: heard, code: 190, error_user_msg: heard },
    error_code: status,
    error_description: heard,
    description: heard,
    message: heard,
    more_info: heard,
    detail: heard,
    code: heard,
  };
}
