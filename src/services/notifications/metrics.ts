import { once } from "#lib/registry";

type Figures = { delivered: number; repaired: number; swept: number; lagMs: number[] };

/** What the streams of this process have done since it started, and how long after the commit they wrote. */
export function streamFigures(): Figures {
  return once("notifications.figures", () => ({ delivered: 0, repaired: 0, swept: 0, lagMs: [] }));
}

/** Counts one delivery and remembers its lag. */
export function countDelivery(committedAt: number | undefined, now = Date.now()): void {
  const figures = streamFigures();
  figures.delivered += 1;
  if (committedAt === undefined) return;
  figures.lagMs.push(now - committedAt);
  if (figures.lagMs.length > 1_000) figures.lagMs.splice(0, 500);
}
