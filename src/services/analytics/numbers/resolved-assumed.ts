import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const resolvedAssumed: NumberDefinition = {
  id: "resolved_assumed",
  name: "Resolved, assumed",
  definition:
    "Of all conversations, the share that only the quiet speaks for: after an answer the customer wrote nothing more for 24 hours, or the chat was closed. Never mixed with confirmed ones.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.solved = 'assumed'",
};
