import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

const shortestRest = 200;
const longestRest = 10_000;

/** A program of ours that is started again whenever it ends without having been asked to. */
export type KeptRunning = {
  /** Ends it for good. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Ends it and starts it once more. */
  restart(signal: NodeJS.Signals): Promise<void>;
};

/** Keeps a running program running; `again` starts it anew, and is tried until it does. */
export function keptRunning(
  first: ChildProcess,
  again: () => Promise<ChildProcess>,
  lost: () => void,
): KeptRunning {
  let child = first;
  let asked = false;
  let reviving: Promise<void> | undefined;

  function watch(): void {
    const begun = () => {
      if (!asked) reviving = revive();
    };
    if (hasEnded(child)) begun();
    else child.once("exit", begun);
  }

  async function revive(): Promise<void> {
    lost();
    for (let rest = shortestRest; !asked; rest = Math.min(rest * 2, longestRest)) {
      await pause(rest);
      const next = asked ? undefined : await again().catch(() => undefined);
      if (next === undefined) continue;
      child = next;
      watch();
      return;
    }
  }

  watch();
  return {
    async stop(signal) {
      asked = true;
      await reviving;
      await halt(child, signal);
    },
    async restart(signal) {
      asked = true;
      await reviving;
      await halt(child, signal);
      child = await again();
      asked = false;
      watch();
    },
  };
}

async function halt(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGQUIT"), 8000);
  await gone;
  clearTimeout(late);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
