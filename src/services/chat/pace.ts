import { setTimeout as pause } from "node:timers/promises";
import { once } from "#lib/registry";
import type { OpenConnection } from "#services/connections";

/** Waits until a connection, and a thread of it, may send again: a platform's own limits are never the ones to tell us. */
export async function pace(
  { id, adapter }: OpenConnection,
  threadKey: string,
  now = Date.now(),
): Promise<void> {
  const { perSecond, perThreadPerSecond } = adapter.can.rate;
  const waits = [turn(id, perSecond, now)];
  if (perThreadPerSecond !== undefined) waits.push(turn(`${id} ${threadKey}`, perThreadPerSecond, now));
  const wait = Math.max(...waits);
  if (wait > 0) await pause(wait);
}

/** Takes the next free moment of a line that lets `perSecond` pass, with a second's worth at once; answers the wait in ms. */
function turn(line: string, perSecond: number, now: number): number {
  const lines = once("chat.pace", () => new Map<string, number>());
  if (lines.size > 10_000) for (const [key, free] of lines) if (free < now) lines.delete(key);
  // The theoretical arrival time of GCRA: never more than a second's worth behind.
  const free = Math.max(lines.get(line) ?? 0, now - 1_000);
  lines.set(line, free + 1_000 / perSecond);
  return Math.max(0, free - now);
}
