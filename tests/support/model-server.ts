import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export type ModelMode =
  | "ok"
  | "slow"
  | "stall"
  | "cut"
  | "close"
  | "rate-limited"
  | "error"
  | "malformed"
  | "endless"
  | "tools"
  | "obedient";

/** What a request to the model held, as far as tests ask. */
export type ModelRequestBody = {
  model: string;
  messages: { role: string; content: string | null; tool_calls?: unknown[]; tool_call_id?: string }[];
  tools?: { function: { name: string; parameters: unknown } }[];
  [key: string]: unknown;
};

export type Script = {
  mode: ModelMode;
  /** What the model says, one chunk each. */
  chunks: string[];
  /** Milliseconds before the first chunk and between chunks. */
  firstMs: number;
  betweenMs: number;
  /** Tool calls of the first round in mode `tools`; later rounds speak `chunks`. */
  calls: { name: string; arguments: unknown }[];
  /** In the failing modes: how many requests fail before one goes well. */
  failures: number;
  retryAfter: string;
};

export type ModelServer = {
  url: string;
  requests: ModelRequestBody[];
  connections(): number;
  /** How many answers were left before their end. */
  left(): number;
  /** Changes what the server does from the next request on. */
  set(script: Partial<Script>): void;
  close(): Promise<void>;
};

const standard: Script = {
  mode: "ok",
  chunks: ["You can return ", "items within ", "30 days ", "[1].", " <confidence>0.9</confidence>"],
  firstMs: 0,
  betweenMs: 0,
  calls: [],
  failures: Number.POSITIVE_INFINITY,
  retryAfter: "0",
};

/** Starts a server that speaks OpenAI's chat completions and fails on demand. */
export async function startModelServer(script: Partial<Script> = {}, port = 0): Promise<ModelServer> {
  let now: Script = { ...standard, ...script };
  let failed = 0;
  let connections = 0;
  let left = 0;
  const requests: ModelRequestBody[] = [];
  const server = createServer((message, to) => {
    // A client that gives up in the middle is part of the play.
    to.on("error", () => undefined);
    to.on("close", () => {
      if (!to.writableEnded) left += 1;
    });
    void serve(message, to);
  });
  server.on("connection", () => {
    connections += 1;
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/v1`,
    requests,
    connections: () => connections,
    left: () => left,
    set(change) {
      now = { ...standard, ...change };
      failed = 0;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  async function serve(message: IncomingMessage, to: ServerResponse): Promise<void> {
    const play = now;
    let raw = "";
    for await (const piece of message) raw += piece;
    const request = JSON.parse(raw) as ModelRequestBody;
    requests.push(request);
    const fails = failed < play.failures;
    if (play.mode === "rate-limited" && fails) {
      failed += 1;
      to.writeHead(429, { "Retry-After": play.retryAfter, "Content-Type": "application/json" });
      to.end('{"error":{"message":"slow down","type":"rate_limit"}}');
      return;
    }
    if (play.mode === "error" && fails) {
      failed += 1;
      to.writeHead(500, { "Content-Type": "application/json" }).end('{"error":{"message":"broken"}}');
      return;
    }
    if (play.mode === "close" && fails) {
      failed += 1;
      message.socket.destroy();
      return;
    }
    to.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    to.flushHeaders();
    if (play.mode === "slow") await wait(play.firstMs);
    else if (play.firstMs > 0) await wait(play.firstMs);
    await speak(play, request, to);
  }
}

async function speak(play: Script, request: ModelRequestBody, to: ServerResponse): Promise<void> {
  const send = (delta: unknown, finish: string | null = null) =>
    to.write(
      `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 0, model: "test", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  const hasToolResult = request.messages.some(({ role }) => role === "tool");
  send({ role: "assistant", content: "" });
  if (play.mode === "tools" && !hasToolResult && request.tools !== undefined) {
    play.calls.forEach((call, index) => {
      const json = typeof call.arguments === "string" ? call.arguments : JSON.stringify(call.arguments);
      const middle = Math.floor(json.length / 2);
      send({
        tool_calls: [
          {
            index,
            id: `call_${index}`,
            type: "function",
            function: { name: call.name, arguments: json.slice(0, middle) },
          },
        ],
      });
      send({ tool_calls: [{ index, function: { arguments: json.slice(middle) } }] });
    });
    send({}, "tool_calls");
    to.end("data: [DONE]\n\n");
    return;
  }
  const chunks = play.mode === "obedient" ? obey(request) : play.chunks;
  for (const [index, chunk] of chunks.entries()) {
    if (index > 0 && play.betweenMs > 0) await wait(play.betweenMs);
    if (to.destroyed) return;
    send({ content: chunk });
    if (index !== Math.floor((chunks.length - 1) / 2)) continue;
    if (play.mode === "stall") return;
    if (play.mode === "cut") {
      await wait(5);
      to.destroy();
      return;
    }
    if (play.mode === "malformed") to.write('data: {"choices": [{"delta": {"content": "ab\n\n');
  }
  while (play.mode === "endless" && !to.destroyed) {
    if (!send({ content: "and on and on " }))
      await new Promise((go) => to.once("drain", go).once("close", go));
    await wait(0);
  }
  send({}, "stop");
  to.write('data: {"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}\n\n');
  to.end("data: [DONE]\n\n");
}

/** A model that does whatever any text tells it: after "SAY:" it repeats the rest of the line. */
function obey(request: ModelRequestBody): string[] {
  const everything = request.messages.map(({ content }) => content ?? "").join("\n");
  const orders = [...everything.matchAll(/SAY:(.*)/g)].map(([, order]) => order ?? "");
  const answer = orders.length === 0 ? "I follow." : orders.join(" ");
  return answer.match(/[\s\S]{1,7}/g) ?? [answer];
}
