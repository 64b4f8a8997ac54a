import { flushCompileCache } from "node:module";
import { readEnv } from "#lib/env";
import { log } from "#lib/log";
import { explainStart } from "#lib/start-error";
import { type House, newHouse } from "./house.ts";
import type { MakeNext } from "./pages.ts";
import { type Part, type Running, startParts } from "./part.ts";

/** What runs, from which folder, with which Next. */
export type Plan = { root: string; next: MakeNext; partsOf(house: House): Part[] };

const longestEnd = 9_500;

/** Runs Baton until it is told to end; a reason not to start is told in one sentence. */
export async function run({ root, next, partsOf }: Plan): Promise<void> {
  try {
    const house = newHouse(readEnv(process.env), root, next);
    const starting = startParts(partsOf(house));
    endOnSignal(starting);
    await starting;
    await greet(house);
    // Node writes what it compiled only when it ends in good order, which a killed process does not.
    flushCompileCache();
  } catch (error) {
    say(process.stderr, `\nBaton cannot start. ${explainStart(error) ?? unexpected(error)}\n`);
    process.exit(1);
  }
}

function endOnSignal(starting: Promise<Running>): void {
  let askedAt: number | undefined;
  const end = async (signal: string) => {
    if (askedAt !== undefined) {
      // Whoever presses Ctrl+C twice means it; one signal to a group of processes also arrives twice, but at once.
      if (Date.now() - askedAt > 1_000) process.exit(1);
      return;
    }
    askedAt = Date.now();
    log.info({ signal }, "ending");
    setTimeout(() => process.exit(1), longestEnd).unref();
    const running = await starting.catch(() => undefined);
    await running?.stop();
    process.exit(0);
  };
  process.on("SIGTERM", () => void end("SIGTERM"));
  process.on("SIGINT", () => void end("SIGINT"));
}

async function greet({ baseUrl, greetings }: House): Promise<void> {
  const asked = await Promise.all(greetings.map((greeting) => greeting(baseUrl)));
  const lines = [{ label: "Baton", address: baseUrl }, ...asked.filter((line) => line !== undefined)];
  const width = Math.max(...lines.map(({ label }) => label.length)) + 2;
  say(process.stdout, "\nBaton is running.\n");
  for (const { label, address } of lines) say(process.stdout, `  ${label.padEnd(width)}${address}`);
  say(process.stdout, "");
}

function unexpected(error: unknown): string {
  log.error({ err: error }, "start failed");
  return `Something unexpected went wrong: ${error instanceof Error ? error.message : "no reason was given"}`;
}

function say(to: NodeJS.WriteStream, line: string): void {
  to.write(`${line}\n`);
}
