// The bare Node server that every line is held against: the same durable work and the same streams, and nothing else.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { EventEmitter } from "node:events";
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Redis } from "ioredis";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const agent = new Agent({ keepAlive: true });
const streams = new Map<string, Set<ServerResponse>>();
const redis = process.env.REDIS_URL;
const bus = new EventEmitter();
const publisher = redis === undefined ? undefined : new Redis(redis);
if (redis !== undefined) {
  const subscriber = new Redis(redis);
  subscriber.on("message", (_, frame: string) => bus.emit("rung", frame));
  await subscriber.subscribe("bench");
}
bus.on("rung", (message: string) => {
  const [topic, frame] = JSON.parse(message) as [string, string];
  for (const to of [topic, "company"]) for (const response of streams.get(to) ?? []) response.write(frame);
});

createServer((message, to) => {
  void serve(message, to).catch((error: unknown) => to.writeHead(500).end(String(error)));
}).listen(Number(process.env.PORT), "127.0.0.1", 4_096);

async function serve(message: IncomingMessage, to: ServerResponse): Promise<void> {
  const [, what = "", which = ""] = (message.url ?? "").split("/");
  if (what === "stream") return stream(which, to);
  if (what === "message") return answer(to, await store(which, await read(message)));
  if (what === "record") return answer(to, await record(which, await read(message)));
  if (what === "answer") {
    answer(to, await store(which, await read(message)));
    return speak(which);
  }
  if (what === "webhook") return webhook(which, message, to);
  if (what === "initiation") return initiation(message, to);
  if (what === "inbox") return answer(to, await inbox(which));
  answer(to, { ok: true });
}

function stream(topic: string, to: ServerResponse): void {
  to.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  to.write("event: connected\ndata: {}\n\n");
  const open = streams.get(topic) ?? new Set();
  streams.set(topic, open.add(to));
  to.once("close", () => open.delete(to));
}

type Body = { clientId: string; text: string };

async function read(message: IncomingMessage): Promise<Body> {
  let text = "";
  message.setEncoding("utf8");
  for await (const piece of message) text += piece;
  return JSON.parse(text) as Body;
}

async function store(conversation: string, { clientId, text }: Body): Promise<unknown> {
  const { rows } = await pool.query({
    name: "store",
    text: `WITH numbered AS (UPDATE bare_conversation SET head = head + 1 WHERE id = $1 RETURNING head)
           INSERT INTO bare_message (conversation_id, seq, client_id, text) SELECT $1, head, $2, $3 FROM numbered
           RETURNING seq, created_at`,
    values: [Number(conversation), clientId, text],
  });
  const stored = { conversationId: conversation, ...rows[0], clientId, text };
  ring(conversation, "message", stored);
  return stored;
}

/** The same rows as Baton keeps: message, event, and what the lists show of the conversation, under the same indexes. */
async function record(conversation: string, { clientId, text }: Body): Promise<unknown> {
  const { rows } = await pool.query({
    name: "record",
    text: `WITH numbered AS (
             UPDATE conversation SET head = head + 1, snippet = left($4, 140), last_author = 'customer', last_message_at = now(),
               last_customer_seq = head + 1, operator_unread = operator_unread + 1, customer_unread = 0, customer_read = head + 1
             WHERE id = $1 RETURNING id, company_id, head),
           logged AS (INSERT INTO event (company_id, conversation_id, seq, type) SELECT company_id, id, head, 'message' FROM numbered)
           INSERT INTO message (id, company_id, conversation_id, seq, author_kind, client_id, text)
           SELECT $2, company_id, id, head, 'customer', $3, $4 FROM numbered RETURNING seq, created_at`,
    values: [conversation, crypto.randomUUID(), clientId, text],
  });
  const stored = { conversationId: conversation, ...rows[0], clientId, text };
  ring(conversation, "message", stored);
  return stored;
}

function ring(topic: string, event: string, data: unknown): void {
  const message = JSON.stringify([topic, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`]);
  if (publisher === undefined) bus.emit("rung", message);
  else void publisher.publish("bench", message);
}

/** Asks the model and passes its words on. */
async function speak(conversation: string): Promise<void> {
  const address = new URL(`${process.env.OPENAI_BASE_URL}/chat/completions`);
  const body = JSON.stringify({
    model: "bench",
    stream: true,
    messages: [{ role: "user", content: "Hello" }],
  });
  await new Promise<void>((done) => {
    const outgoing = ask(address, { method: "POST", agent, headers: { "content-length": body.length } });
    outgoing.on("response", (incoming) => {
      incoming.setEncoding("utf8");
      incoming.on("data", (piece: string) => {
        for (const [, words] of piece.matchAll(/"content":"([^"]+)"/g))
          ring(conversation, "delta", { words });
      });
      incoming.on("end", () => {
        ring(conversation, "complete", {});
        done();
      });
    });
    outgoing.end(body);
  });
}

/** Checks the signature over the raw bytes as each platform makes it, and inserts one row. */
async function webhook(platform: string, message: IncomingMessage, to: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  const raw = Buffer.concat(pieces);
  const platformId = platform === "custom" ? customId(message, raw) : metaId(message, raw);
  if (platformId === undefined) return void to.writeHead(401).end();
  await pool.query({
    name: "webhook",
    text: "INSERT INTO bare_delivery (platform_id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    values: [platformId, raw],
  });
  to.writeHead(200, { "Content-Length": 0 }).end();
}

/** Checks the secret header, and tells a voice agent what one row holds of who calls. */
async function initiation(message: IncomingMessage, to: ServerResponse): Promise<void> {
  if (!same(message.headers["x-baton-secret"], String(process.env.VOICE_SECRET)))
    return void to.writeHead(401).end();
  const { caller_id } = (await read(message)) as unknown as { caller_id: string };
  const { rows } = await pool.query({
    name: "caller",
    text: "SELECT known FROM bare_caller WHERE phone_number = $1",
    values: [caller_id],
  });
  answer(to, { type: "conversation_initiation_client_data", dynamic_variables: rows[0]?.known });
}

function customId({ headers }: IncomingMessage, raw: Buffer): string | undefined {
  const [id, seconds] = [String(headers["webhook-id"]), Number(headers["webhook-timestamp"])];
  const key = Buffer.from(String(process.env.CUSTOM_SECRET).slice("whsec_".length), "base64");
  const hash = createHmac("sha256", key).update(`${id}.${seconds}.`).update(raw).digest("base64");
  const fresh = Math.abs(Date.now() / 1_000 - seconds) < 300;
  return fresh && same(headers["webhook-signature"], `v1,${hash}`) ? id : undefined;
}

function metaId({ headers }: IncomingMessage, raw: Buffer): string | undefined {
  const hash = createHmac("sha256", String(process.env.META_APP_SECRET)).update(raw).digest("hex");
  return same(headers["x-hub-signature-256"], `sha256=${hash}`)
    ? createHash("sha256").update(raw).digest("hex")
    : undefined;
}

function same(given: unknown, made: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(made)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function inbox(company: string): Promise<unknown> {
  const { rows } = await pool.query({
    name: "inbox",
    text: `SELECT c.*, k.name AS contact_name FROM conversation c JOIN contact k ON k.id = c.contact_id
           WHERE c.company_id = $1 AND c.head > 0
           ORDER BY c.waiting DESC, c.last_message_at DESC, c.id DESC LIMIT 40`,
    values: [company],
  });
  return { rows };
}

function answer(to: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  to.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }).end(
    body,
  );
}

/** The floor of a delivery: one committed row, one ring of the bus, one write to a stream, each begun when the last has ended. */
process.on("message", async (asked: unknown) => {
  if (asked !== "floor") return;
  const began = process.hrtime.bigint();
  await pool.query({
    name: "row",
    text: "INSERT INTO bare_row (text) VALUES ($1)",
    values: ["x".repeat(60)],
  });
  ring("floor", "message", { began: String(began), text: "x".repeat(60) });
});
