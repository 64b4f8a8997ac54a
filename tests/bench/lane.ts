// Baton's lane against a bare Node server, interleaved on one machine: processor time a request, memory and fan-out of
// idle streams. Run: node tests/bench/lane.ts [rounds]
import { type ChildProcess, fork } from "node:child_process";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

type Side = "bare" | "lane";
type Measure = { rss: number; heap: number; cpu: number };
type Figures = Record<string, number>;

const rounds = Number(process.argv[2] ?? 3);
const head = "Host: bench.test\r\nAccept: */*\r\nUser-Agent: bench\r\nOrigin: https://shop.example\r\n";
const said = JSON.stringify({ text: "Where is my order? It should have been here on Monday." });
const requests = {
  "GET trivial": `GET /api/trivial HTTP/1.1\r\n${head}\r\n`,
  "POST with body": `POST /api/say HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: ${said.length}\r\n\r\n${said}`,
};

const found: Record<Side, Figures[]> = { bare: [], lane: [] };
for (let round = 0; round < rounds; round += 1) {
  const order: Side[] = round % 2 === 0 ? ["bare", "lane"] : ["lane", "bare"];
  for (const side of order) found[side].push(await measure(side));
}
report();

async function measure(side: Side): Promise<Figures> {
  const figures: Figures = {};
  for (const [name, request] of Object.entries(requests))
    Object.assign(figures, await load(side, name, request));
  return Object.assign(figures, await streams(side));
}

async function load(side: Side, name: string, request: string): Promise<Figures> {
  const { child, port } = await start(side);
  await hammer(port, request, 1_000);
  const before = await ask(child, "measure");
  const began = performance.now();
  const answers = await hammer(port, request, 3_000);
  const seconds = (performance.now() - began) / 1_000;
  const after = await ask(child, "measure");
  child.disconnect();
  return {
    [`${name}, requests/s`]: answers / seconds,
    [`${name}, CPU µs each`]: (after.cpu - before.cpu) / answers,
  };
}

async function streams(side: Side): Promise<Figures> {
  const { child, port } = await start(side);
  const sockets = await open(port, 1_000);
  await pause(500);
  const few = await ask(child, "measure");
  sockets.push(...(await open(port, 4_000)));
  await pause(500);
  const many = await ask(child, "measure");
  // The first fan-out warms up; the second is measured.
  await ask(child, "fan");
  await pause(1_500);
  const before = await ask(child, "measure");
  await ask(child, "fan");
  await pause(1_500);
  const after = await ask(child, "measure");
  for (const socket of sockets) socket.destroy();
  child.disconnect();
  return {
    "idle stream, RSS KB": (many.rss - few.rss) / 4_000 / 1_024,
    "idle stream, heap KB": (many.heap - few.heap) / 4_000 / 1_024,
    "fan-out, CPU µs a delivery": (after.cpu - before.cpu) / (5_000 * 20),
  };
}

async function start(side: Side): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(new URL("./lane-server.ts", import.meta.url), [side], { execArgv: ["--expose-gc"] });
  const { port } = await new Promise<{ port: number }>((resolve) =>
    child.once("message", (m) => resolve(m as { port: number })),
  );
  return { child, port };
}

function ask(child: ChildProcess, what: "measure" | "fan"): Promise<Measure> {
  return new Promise((resolve) => {
    child.once("message", (answer) => resolve(answer as Measure));
    child.send(what);
  });
}

async function hammer(port: number, request: string, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  const one = () =>
    new Promise<number>((resolve, reject) => {
      let answers = 0;
      const socket = connect(port, "127.0.0.1", () => socket.write(request));
      socket.on("error", reject);
      socket.on("data", (bytes) => {
        if (!bytes.includes("200 OK")) reject(new Error(bytes.toString()));
        answers += 1;
        if (performance.now() < end) socket.write(request);
        else socket.destroy();
      });
      socket.on("close", () => resolve(answers));
    });
  const counts = await Promise.all(Array.from({ length: 32 }, one));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function open(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let n = 0; n < count; n += 100) {
    const batch = Array.from(
      { length: 100 },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(port, "127.0.0.1", () =>
            socket.write(`GET /api/stream HTTP/1.1\r\n${head}\r\n`),
          );
          socket.once("data", () => resolve(socket));
          socket.once("error", reject);
          socket.resume();
        }),
    );
    sockets.push(...(await Promise.all(batch)));
  }
  return sockets;
}

function report(): void {
  const line = (cells: string[]) =>
    process.stdout.write(
      `${cells.map((cell, at) => (at === 0 ? cell.padEnd(30) : cell.padStart(20))).join("")}\n`,
    );
  line(["", "bare", "lane", "lane / bare"]);
  for (const name of Object.keys(found.bare[0] ?? {})) {
    const [bare, lane] = (["bare", "lane"] as const).map((side) =>
      found[side].map((figures) => figures[name] ?? 0),
    );
    line([
      name,
      spread(bare ?? []),
      spread(lane ?? []),
      (median(lane ?? []) / median(bare ?? [])).toFixed(2),
    ]);
  }
}

function spread(values: number[]): string {
  const digits = median(values) > 1_000 ? 0 : 1;
  return `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
