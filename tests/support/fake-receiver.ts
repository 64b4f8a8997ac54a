import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A webhook that the receiver took, with what of its headers is its own. */
type Taken = { id: string; type: string; data: Record<string, unknown>; signatures: string[] };

/** What a webhook meets instead of an answer in the ordinary way. */
type Play =
  | { is: "answer"; status: number; headers?: Record<string, string>; body?: string; afterMs?: number }
  | { is: "late"; ms: number }
  | { is: "cut" };

type StoredFile = { status?: number; headers?: Record<string, string>; bytes?: Buffer };

export type FakeReceiver = {
  url: string;
  /** How it is named among the hosts that may be private. */
  host: string;
  /** Every try, in order. */
  tries: Taken[];
  /** What it took, each webhook-id once. */
  taken: Map<string, Taken>;
  /** Files by their path, for whoever asks. */
  files: Map<string, StoredFile>;
  /** What it was asked for, with the headers of each asking. */
  asked: { path: string; headers: IncomingMessage["headers"] }[];
  /** The next webhooks meet these, one each. */
  play(...plays: Play[]): void;
  close(): Promise<void>;
};

/** Starts the system of a company: it checks each webhook as its specification says (Standard Webhooks 1.0.0). */
export async function startFakeReceiver(secret: string): Promise<FakeReceiver> {
  const plays: Play[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeReceiver = {
    url: `http://${host}/baton`,
    host,
    tries: [],
    taken: new Map(),
    files: new Map(),
    asked: [],
    play: (...next) => void plays.push(...next),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return fake;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    fake.asked.push({ path, headers: request.headers });
    if (request.method === "GET") return serveFile(fake.files.get(path), response);
    const body = await bytesOf(request);
    let webhook: Taken;
    try {
      must(request.method === "POST" && path === "/baton", "there is nothing here");
      webhook = read(request.headers, body, secret);
    } catch (error) {
      return void response.writeHead(400).end((error as Error).message);
    }
    fake.tries.push(webhook);
    const play = plays.shift();
    if (play?.is === "late") await wait(play.ms, undefined, { ref: false });
    if (play?.is === "answer" && play.afterMs !== undefined)
      await wait(play.afterMs, undefined, { ref: false });
    if (play?.is === "answer") return void response.writeHead(play.status, play.headers).end(play.body);
    fake.taken.set(webhook.id, webhook);
    // It took the webhook, and only its answer is lost.
    if (play?.is === "cut") return void request.socket.destroy();
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  }
}

function serveFile(file: StoredFile | undefined, response: ServerResponse): void {
  if (file === undefined) return void response.writeHead(404).end();
  response.writeHead(file.status ?? 200, file.headers).end(file.bytes);
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function read(headers: IncomingMessage["headers"], body: Buffer, secret: string): Taken {
  const id = String(headers["webhook-id"] ?? "");
  const seconds = String(headers["webhook-timestamp"] ?? "");
  const signatures = String(headers["webhook-signature"] ?? "").split(" ");
  must(/^[\w-]{1,64}$/.test(id), "webhook-id is missing");
  must(/^\d{10}$/.test(seconds), "webhook-timestamp is no number of seconds");
  must(Math.abs(Date.now() / 1_000 - Number(seconds)) < 300, "webhook-timestamp is too old or too new");
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signed = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  must(signatures.includes(expected), "no signature fits");
  must(headers["content-type"] === "application/json", "the body is no JSON");
  must(Number(headers["content-length"]) === body.length, "content-length is missing");
  const { type, timestamp, data } = JSON.parse(body.toString("utf8"));
  must(typeof type === "string" && type !== "", "type is missing");
  must(!Number.isNaN(Date.parse(timestamp)), "timestamp is no moment");
  must(typeof data === "object" && data !== null, "data is missing");
  if (type === "message.sent") checkMessage(data);
  return { id, type, data, signatures };
}

function checkMessage(data: Record<string, unknown>): void {
  must(typeof data.id === "string" && typeof data.conversation === "string", "id or conversation is missing");
  must(["agent", "operator", "system"].includes(String(data.author)), "author is unknown");
  const files = (data.attachments ?? []) as Record<string, unknown>[];
  must(files.length > 0 || Boolean(data.content), "there is neither content nor a file");
  for (const { url, name, mimeType, type } of files) {
    must(URL.canParse(String(url)), "a file has no address");
    must(
      [name, mimeType, type].every((each) => typeof each === "string"),
      "a file is not described",
    );
  }
}

function must(fits: boolean, complaint: string): void {
  if (!fits) throw new Error(complaint);
}
