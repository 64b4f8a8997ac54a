import { setTimeout as pause } from "node:timers/promises";
import { once } from "#lib/registry";
import type { OpenConnection } from "#services/connections";

/** Waiting longer than this keeps a worker from everybody else's work. */
const patienceMs = 200;

/**
 * Waits until a message may leave: a platform's own limits are never the ones to tell us. Answers when to come again
 * where that is not soon; its turn is kept until then.
 */
export async function awaitTurn(
  connection: OpenConnection,
  threadKey: string,
  messageId: string,
): Promise<Date | undefined> {
  const now = Date.now();
  const kept = once("chat.turns", () => new Map<string, number>());
  const at = kept.get(messageId) ?? nextTurn(connection, threadKey, now);
  if (at - now > patienceMs) {
    forgetBefore(kept, now - 60_000);
    kept.set(messageId, at);
    return new Date(at);
  }
  kept.delete(messageId);
  if (at > now) await pause(at - now);
  return undefined;
}

/** Waits until the next part of a message that is leaving may follow. */
export async function pace(connection: OpenConnection, threadKey: string): Promise<void> {
  const now = Date.now();
  const at = nextTurn(connection, threadKey, now);
  if (at > now) await pause(at - now);
}

/** Takes the next moment at which a connection, and a thread of it, may send. */
function nextTurn({ id, adapter }: OpenConnection, threadKey: string, now: number): number {
  const { perSecond, perThreadPerSecond } = adapter.can.rate;
  const turns = [turn(id, perSecond, now)];
  if (perThreadPerSecond !== undefined) turns.push(turn(`${id} ${threadKey}`, perThreadPerSecond, now));
  return Math.max(...turns);
}

/** Takes the next free moment of a line that lets `perSecond` pass, with a second's worth at once. */
function turn(line: string, perSecond: number, now: number): number {
  const lines = once("chat.pace", () => new Map<string, number>());
  forgetBefore(lines, now);
  // The theoretical arrival time of GCRA: never more than a second's worth behind.
  const free = Math.max(lines.get(line) ?? 0, now - 1_000);
  lines.set(line, free + 1_000 / perSecond);
  return free;
}

function forgetBefore(times: Map<string, number>, moment: number): void {
  if (times.size <= 10_000) return;
  for (const [key, time] of times) if (time < moment) times.delete(key);
}
