import type { NumberDefinition } from "./definition.ts";
import { resolutions as source } from "./sources.ts";

export const resolutions: NumberDefinition = {
  id: "resolutions",
  name: "Resolutions",
  definition:
    "How often what a customer came for was solved, confirmed or assumed, by the day it was. A conversation that is opened again can be solved again.",
  unit: "count",
  rows: "resolutions",
  source,
  where: "true",
};
