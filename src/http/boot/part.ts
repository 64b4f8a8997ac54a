import { log } from "#lib/log";

/** One thing that runs as long as the process: started in order, stopped in reverse. */
export type Part = {
  name: string;
  start(): Promise<void> | void;
  /** Takes no new work and waits for what is under way; all parts do this at once, before any is stopped. */
  drain?(): Promise<void> | void;
  stop?(): Promise<void> | void;
};

/** The parts that run, and the way to end them. */
export type Running = { stop(): Promise<void> };

const drainTime = 7_000;
const stopTime = 2_000;

/** Starts parts one after the other; if one fails, those before it are stopped and the failure is thrown. */
export async function startParts(parts: Part[]): Promise<Running> {
  const started: Part[] = [];
  for (const part of parts) {
    try {
      await part.start();
      started.unshift(part);
    } catch (error) {
      await stopParts(started);
      throw error;
    }
  }
  let stopping: Promise<void> | undefined;
  return {
    stop() {
      stopping ??= drainParts(started).then(() => stopParts(started));
      return stopping;
    },
  };
}

async function drainParts(parts: Part[]): Promise<void> {
  const draining = parts.map((part) => bounded(part, "drain", drainTime));
  await Promise.all(draining);
}

async function stopParts(parts: Part[]): Promise<void> {
  for (const part of parts) await bounded(part, "stop", stopTime);
}

// One part that hangs or throws must not keep the others from ending well.
async function bounded(part: Part, step: "drain" | "stop", milliseconds: number): Promise<void> {
  let bell: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    bell = setTimeout(() => resolve("late"), milliseconds);
  });
  try {
    const end = await Promise.race([part[step]?.(), late]);
    if (end === "late") log.warn({ part: part.name, step }, "a part took too long to end");
  } catch (error) {
    log.error(
      { part: part.name, step, name: error instanceof Error ? error.name : "" },
      "a part did not end well",
    );
  } finally {
    clearTimeout(bell);
  }
}
