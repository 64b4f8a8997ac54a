import type { NumberDefinition } from "./definition.ts";
import { clocks as source } from "./sources.ts";

export const slaBroken: NumberDefinition = {
  id: "sla_broken",
  name: "Promises broken",
  definition:
    "How many promises of service level policies ran out before they were kept, by the day they were made.",
  unit: "count",
  better: "down",
  rows: "broken promises",
  source,
  where: "f.breached_at IS NOT NULL",
};
