import type { NumberDefinition } from "./definition.ts";
import { clocks as source } from "./sources.ts";

export const slaKept: NumberDefinition = {
  id: "sla_kept",
  name: "Promises kept",
  definition:
    "Of the promises of service level policies that were kept or broken, the share that was kept in time. Those that run, or ended without either, are left out.",
  unit: "share",
  better: "up",
  promise: "all",
  rows: "promises that were kept or broken",
  source,
  where: "(f.met_at IS NOT NULL OR f.breached_at IS NOT NULL)",
  hits: "f.breached_at IS NULL",
};
