import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "#lib/free-port";

export type RedisServer = {
  url: string;
  stop(): Promise<void>;
  /** Stops it and starts an empty one on the same port. */
  restart(): Promise<void>;
};

/** Starts a real redis-server on a free port, keeping nothing on disk. */
export async function startRedis(folder: string): Promise<RedisServer> {
  const port = await freePort();
  let child = await launch(port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => halt(child),
    async restart() {
      await halt(child);
      child = await launch(port, folder);
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const flags = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  const child = spawn("redis-server", flags, { stdio: "ignore" });
  const failed = new Promise<never>((_, fail) => child.once("error", fail));
  await Promise.race([answering(port), failed]);
  return child;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const redis = new Redis(port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => null });
    redis.on("error", () => {});
    const pong = await redis
      .connect()
      .then(() => redis.ping())
      .catch(() => undefined);
    redis.disconnect();
    if (pong === "PONG") return;
    await pause(25);
  }
  throw new Error("redis-server did not answer within 5 s; is Debian's package redis-server installed?");
}

async function halt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  await gone;
}
