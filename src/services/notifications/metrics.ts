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

/** The same in few words: how many deliveries, how many of them the sweep or a gap had to bring, and the lag in milliseconds. */
export function streamReport(): Record<string, number> {
  const { delivered, repaired, swept, lagMs } = streamFigures();
  const sorted = [...lagMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { delivered, repaired, swept, lagP50: at(0.5), lagP99: at(0.99) };
}
