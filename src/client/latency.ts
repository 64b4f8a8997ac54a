/** What was measured lately, in milliseconds. */
export type Latency = { last: number; median: number; slowest: number; count: number };

/** Measures from the press of Send to the moment the stored message is known here. */
export function createLatencyMeter(keep = 50) {
  const sent = new Map<string, number>();
  const measured: number[] = [];
  return {
    sent(clientId: string, now: number) {
      if (!sent.has(clientId)) sent.set(clientId, now);
    },
    received(clientId: string, now: number) {
      const since = sent.get(clientId);
      if (since === undefined) return;
      sent.delete(clientId);
      measured.push(now - since);
      if (measured.length > keep) measured.shift();
    },
    read(): Latency | undefined {
      const last = measured.at(-1);
      if (last === undefined) return undefined;
      const sorted = measured.toSorted((a, b) => a - b);
      const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? last;
      return { last, median, slowest: sorted.at(-1) ?? last, count: sorted.length };
    },
  };
}
