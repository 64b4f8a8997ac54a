// Loaded before a contender's own program: tells its processor time and, after collecting garbage, its memory.
export type Measure = { cpuMs: number; rssBytes: number; heapBytes: number };

process.on("message", (asked: unknown) => {
  if (asked === "memory") for (let turn = 0; turn < 4; turn += 1) global.gc?.();
  if (asked !== "memory" && asked !== "cpu") return;
  const { user, system } = process.cpuUsage();
  const { heapUsed, external } = process.memoryUsage();
  const measure: Measure = {
    cpuMs: (user + system) / 1_000,
    rssBytes: process.memoryUsage.rss(),
    heapBytes: heapUsed + external,
  };
  process.send?.(measure);
});
process.on("disconnect", () => process.exit(0));
