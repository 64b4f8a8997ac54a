import type { NumberDefinition } from "./definition.ts";
import { waits as source } from "./sources.ts";

export const handoverWait: NumberDefinition = {
  id: "handover_wait",
  name: "Handover wait",
  definition:
    "From entering the queue to a person's accepting, for waits that a person ended. Whoever is put back into the queue begins another wait, from that moment on.",
  unit: "duration",
  better: "down",
  rows: "accepted waits",
  source,
  where: "f.outcome = 'accepted'",
};
