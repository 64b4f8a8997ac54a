import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const escalationRate: NumberDefinition = {
  id: "escalation_rate",
  name: "Escalation rate",
  definition: "Of all conversations, the share that was taken from the assistant to the queue at least once.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.escalations > 0",
};
