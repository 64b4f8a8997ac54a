import type { NumberDefinition } from "./definition.ts";
import { waits as source } from "./sources.ts";

export const escalations: NumberDefinition = {
  id: "escalations",
  name: "Escalations",
  definition:
    "How often a conversation was taken from the assistant to the queue: by a rule, by the customer, by hand, or because the assistant failed.",
  unit: "count",
  rows: "escalations",
  source,
  where: "f.move = 'escalate'",
};
