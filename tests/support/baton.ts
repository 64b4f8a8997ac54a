import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "#lib/free-port";

export type RunningBaton = {
  url: string;
  port: number;
  dataFolder: string;
  /** Everything it has printed so far, such as the one-time sign-in link. */
  output(): string;
  /** Ends it without a farewell, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data folder. */
  start(): Promise<void>;
  /** Ends it in good order and removes its data; gives the exit code. */
  stop(): Promise<number>;
};

/** Starts the built program as a process of its own, on a free port and an empty data folder. */
export async function startBaton(environment: Record<string, string> = {}): Promise<RunningBaton> {
  const dataFolder = mkdtempSync(join(tmpdir(), "baton-e2e-"));
  chmodSync(dataFolder, 0o711);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const own = {
    NODE_ENV: "production" as const,
    PORT: String(port),
    BATON_DATA: dataFolder,
    PUBLIC_BASE_URL: url,
    // A month of history is no part of what is tried here, and takes its second.
    DEMO_PAST: "false",
  };
  let printed = "";
  let child: ChildProcess | undefined;

  const start = async () => {
    const started = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "server.ts"], {
      env: { ...process.env, ...own, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (piece) => {
        printed += String(piece);
      });
    }
    await ready(url, started, () => printed);
  };

  await start();
  return {
    url,
    port,
    dataFolder,
    output: () => printed,
    start,
    async kill() {
      await end(child, "SIGKILL");
    },
    async stop() {
      const code = await end(child, "SIGTERM");
      rmSync(dataFolder, { recursive: true, force: true });
      return code;
    },
  };
}

async function ready(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null && child.signalCode === null; tries += 1) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  child.kill("SIGKILL");
  throw new Error(`Baton did not get ready. It said:\n${printed()}`);
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number> {
  if (child === undefined) return 0;
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? 1;
  const gone = new Promise<number>((done) => child.once("exit", (code) => done(code ?? 1)));
  child.kill(signal);
  return gone;
}
