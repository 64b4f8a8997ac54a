import type { NumberDefinition } from "./definition.ts";
import { waits as source } from "./sources.ts";

export const waitsLeft: NumberDefinition = {
  id: "waits_left",
  name: "Left the queue",
  definition:
    "Of the waits that are over, the share that ended before a person came: the conversation went back to the assistant, or the customer was gone. Those that a person closed from the queue are in the whole, and are not counted as left.",
  unit: "share",
  better: "down",
  rows: "waits that are over",
  source,
  where: "f.outcome IS NOT NULL",
  hits: "f.outcome IN ('handed_back', 'abandoned')",
};
