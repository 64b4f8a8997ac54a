// One side of the comparison: a bare Node server, or the same answers through Baton's lane. Driven over IPC.
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { eventStream } from "#http/event-stream";
import { openLane } from "#http/lane";
import { anyone, route } from "#http/route";
import type { Sink } from "#http/sink";
import { encodeFrame } from "#lib/sse";

const sinks = new Set<Sink | ServerResponse>();
const hello = encodeFrame({ id: "1", event: "connected", data: {} });

const bare: RequestListener = (request, response) => {
  if (request.url === "/api/stream") {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    response.write(hello);
    sinks.add(response);
    response.once("close", () => sinks.delete(response));
    return;
  }
  if (request.method === "GET") {
    answer(response, { ok: true });
    return;
  }
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (piece) => {
    text += piece;
  });
  request.on("end", () => answer(response, { said: JSON.parse(text).text.length }));
};

function answer(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) })
    .end(body);
}

const lane = openLane({
  "api/trivial": { GET: route({ who: anyone }, () => ({ ok: true })) },
  "api/say": {
    POST: route({ who: anyone, body: z.object({ text: z.string().max(8_000) }) }, ({ body }) => ({
      said: body.text.length,
    })),
  },
  "api/stream": {
    GET: route({ who: anyone }, ({ request }) =>
      eventStream(request, (sink) => {
        sinks.add(sink);
        sink.onClose(() => sinks.delete(sink));
        sink.write(hello);
      }),
    ),
  },
});

const server = createServer(
  process.argv[2] === "bare" ? bare : (request, response) => void lane(request, response),
);
server.listen(0, "127.0.0.1", 8_192, () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on("message", async (asked: "measure" | "fan") => {
  if (asked === "fan") await fan(20);
  for (let n = 0; n < 4; n += 1) global.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({
    rss: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
    cpu: user + system,
  });
});

/** Sends events to all streams, each in its own turn of the loop, as they happen in life. */
async function fan(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const frame = encodeFrame({ event: "data", data: { n, text: "x".repeat(100) } });
    for (const sink of sinks) sink.write(frame);
    await pause(40);
  }
}

process.on("disconnect", () => process.exit(0));
