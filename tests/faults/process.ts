import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A whole Baton without its pages, as a process of its own that can be killed. */
export type Process = {
  url: string;
  pid: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the process over a database; give the port of one that died to take its place. */
export async function startProcess(env: Record<string, string>): Promise<Process> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "house.ts")],
    {
      env: {
        ...process.env,
        // Development asks for no built pages; the lane answers all the same.
        NODE_ENV: "development",
        LANE: "on",
        DEMO: "false",
        LOG_LEVEL: "silent",
        PORT: "0",
        BATON_SECRET: "a secret of the tests, long enough for this",
        RATE_COMPANY_PER_MINUTE: "100000",
        RATE_SESSION_PER_MINUTE: "100000",
        RATE_IP_PER_MINUTE: "100000",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const url = await readyAt(child);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return { url, pid: child.pid ?? 0, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

function readyAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", () => reject(new Error(`The process did not start: ${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (piece) => {
        said += String(piece);
        const port = /http:\/\/localhost:(\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
    }
  });
}
