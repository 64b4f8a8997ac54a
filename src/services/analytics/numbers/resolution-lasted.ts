import type { NumberDefinition } from "./definition.ts";
import { resolutions as source } from "./sources.ts";

export const resolutionLasted: NumberDefinition = {
  id: "resolution_lasted",
  name: "Lasted 7 days",
  definition:
    "Of the resolutions of which it is known, the share after which the customer came back within 7 days neither to this conversation nor with another. Younger ones that still hold are left out.",
  unit: "share",
  better: "up",
  rows: "resolutions of which it is known",
  source,
  where: "f.lasted IS NOT NULL",
  hits: "f.lasted",
};
