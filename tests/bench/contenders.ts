// The processes that are measured: bare Node, Next alone over the same route files, and Baton's own door.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#lib/free-port";
import type { Ground } from "./ground.ts";
import { keys } from "./platforms.ts";
import type { Measure } from "./probe.ts";
import { askOnce } from "./wire.ts";

export type Name = "bare" | "next" | "baton";
export const names: Name[] = ["bare", "next", "baton"];

export type Contender = {
  name: Name;
  port: number;
  measure(what: "cpu" | "memory"): Promise<Measure>;
  tell(what: string): void;
  stop(): Promise<void>;
};

/** What the measured processes share with the one that made their databases. */
export const sharedSecret = { BATON_SECRET: "a secret for measuring, long enough for this" };

const root = join(import.meta.dirname, "..", "..");
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a contender and waits until it answers. */
export async function start(
  name: Name,
  ground: Ground,
  modelPort: number,
  role: "all" | "web" = "all",
): Promise<Contender> {
  const port = await freePort();
  const program = name === "bare" ? join(import.meta.dirname, "bare-server.ts") : join(root, "server.ts");
  const child = launch(program, {
    PORT: String(port),
    HOST: "127.0.0.1",
    NODE_ENV: "production",
    DATABASE_URL: ground.url(name, name === "bare" ? "admin" : "app"),
    BATON_DATA: join(ground.dataFolder, name),
    ...sharedSecret,
    ...keys,
    ROLE: role,
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: "error",
    DEMO: "false",
    LANE: name === "next" ? "off" : "on",
    OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
    RATE_COMPANY_PER_MINUTE: "1000000000",
    RATE_SESSION_PER_MINUTE: "1000000000",
    RATE_IP_PER_MINUTE: "1000000000",
    RATE_WEBHOOK_PER_MINUTE: "1000000000",
  });
  await answering(child, port);
  return {
    name,
    port,
    measure: (what) =>
      new Promise((done) => {
        child.once("message", (answer) => done(answer as Measure));
        child.send(what);
      }),
    tell: (what) => child.send(what),
    stop: () => halt(child),
  };
}

/** Starts the model server that all contenders ask, or the receiver of what they send. */
export async function startOutside(
  what: "model" | "receiver",
): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const child = launch(join(import.meta.dirname, `${what}.ts`), { PORT: String(port) });
  await pause(500);
  return { port, stop: () => halt(child) };
}

function launch(program: string, environment: Record<string, string>): ChildProcess {
  const flags = ["--expose-gc", "--disable-warning=ExperimentalWarning"];
  const profile = process.env.BENCH_PROFILE;
  if (profile !== undefined && program.endsWith("server.ts"))
    flags.push("--cpu-prof", `--cpu-prof-dir=${profile}`);
  const child = spawn(
    process.execPath,
    [...flags, "--import", join(import.meta.dirname, "probe.ts"), program],
    {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`A contender ended with ${child.exitCode}.`);
    const answer = await askOnce(port, { path: "/api/health/live" }).catch(() => undefined);
    if (answer !== undefined) return;
    await pause(100);
  }
  throw new Error("A contender did not answer within 30 s.");
}

async function halt(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await gone;
  clearTimeout(late);
}
