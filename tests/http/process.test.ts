import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";

const running: ChildProcess[] = [];

describe("the process", { timeout: 20_000 }, () => {
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  it("answers the API from the lane and pages from Next, and knows who asks", async () => {
    const { port } = await start();
    const api = await fetch(`http://127.0.0.1:${port}/api/nothing`);
    expect((await api.json()).error.code).toBe("not_found");
    const page = await fetch(`http://127.0.0.1:${port}/inbox`, {
      headers: { "x-baton-client-address": "6.6.6.6" },
    });
    expect(await page.text()).toBe("page /inbox for 127.0.0.1");
  });

  it("leaves the API to Next where the lane is off", async () => {
    const { port } = await start({ LANE: "off" });
    expect(await (await fetch(`http://127.0.0.1:${port}/api/slow`)).text()).toBe(
      "page /api/slow for 127.0.0.1",
    );
  });

  it("says in one sentence that its port is taken", async () => {
    const { port } = await start();
    const second = launch({ PORT: String(port) });
    const said: string[] = [];
    second.stderr?.on("data", (piece) => said.push(String(piece)));
    const [code] = await once(second, "exit");
    expect(code).toBe(1);
    expect(said.join("")).toContain(`Port ${port} is already in use by another program.`);
    expect(said.join("")).not.toMatch(/\n\s+at /);
  });

  it("tells every stream at once that it ends, finishes what is under way, and is gone within ten seconds", async () => {
    const { port, child } = await start();
    const streams = await Promise.all(Array.from({ length: 300 }, () => listen(port)));
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    await once(socket, "open");
    socket.send("{}");
    await once(socket, "message");
    const slow = fetch(`http://127.0.0.1:${port}/api/slow`);
    await pause(100);

    const asked = performance.now();
    child.kill("SIGTERM");
    const told = await Promise.all(streams.map((stream) => stream.told));
    const [closeCode] = await once(socket, "close");
    await expect(fetch(`http://127.0.0.1:${port}/api/feed`)).rejects.toThrow();
    const answered = await slow;

    // 100 ms for the server; the rest is for this test's own 300 readers.
    expect(Math.max(...told.map(({ at }) => at)) - asked).toBeLessThan(250);
    expect(new Set(told.map(({ retry }) => retry)).size).toBeGreaterThan(100);
    expect(closeCode).toBe(1012);
    expect(await answered.json()).toEqual({ done: true });
    const [code] = child.exitCode === null ? await once(child, "exit") : [child.exitCode];
    expect(code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
  });
});

function launch(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "house", "run.ts")], {
    env: {
      ...process.env,
      NODE_ENV: "development",
      LANE: "on",
      DATABASE_URL: "postgresql://u@localhost/none",
      PORT: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

async function start(env: Record<string, string> = {}): Promise<{ child: ChildProcess; port: number }> {
  const child = launch(env);
  const port = await new Promise<number>((resolve, reject) => {
    let said = "";
    child.once("exit", () => reject(new Error(`The process did not start: ${said}`)));
    child.stderr?.on("data", (piece) => {
      said += String(piece);
    });
    child.stdout?.on("data", (piece) => {
      said += String(piece);
      const found = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { child, port };
}

async function listen(port: number): Promise<{ told: Promise<{ at: number; retry: number }> }> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET /api/feed HTTP/1.1\r\nHost: baton.test\r\n\r\n");
  await once(socket, "data");
  const told = new Promise<{ at: number; retry: number }>((resolve) => {
    socket.on("data", (bytes) => {
      const retry = /retry: (\d+)/.exec(bytes.toString())?.[1];
      if (retry !== undefined) resolve({ at: performance.now(), retry: Number(retry) });
    });
  });
  return { told };
}
