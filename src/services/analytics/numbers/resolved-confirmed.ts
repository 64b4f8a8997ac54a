import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const resolvedConfirmed: NumberDefinition = {
  id: "resolved_confirmed",
  name: "Resolved, confirmed",
  definition:
    "Of all conversations, the share that stands as solved because somebody said so: the customer thanked for an answer or rated it 4 or 5, or a person closed it as solved. Never mixed with assumed ones.",
  unit: "share",
  better: "up",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.solved = 'confirmed'",
};
