/** How the waits between attempts grow. */
export type Backoff = { base: number; cap: number };

/** Draws the wait before the next attempt: exponential with full jitter, and never without end. */
export function backoffDelay(
  failures: number,
  random: number,
  { base, cap }: Backoff = { base: 1_000, cap: 30_000 },
) {
  const ceiling = Math.min(cap, base * 2 ** Math.min(failures, 30));
  return Math.round(ceiling * random);
}
