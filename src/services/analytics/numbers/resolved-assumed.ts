import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const resolvedAssumed: NumberDefinition = {
  id: "resolved_assumed",
  name: "Resolved, assumed",
  definition:
    "Of all conversations, the share that only the quiet speaks for: after an answer of the assistant the customer said nothing more for 24 hours, or after any answer the chat was closed for being idle. Whoever waited for a person when it was closed, or got no answer after asking for one, is not among them. Never mixed with confirmed ones.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.solved = 'assumed'",
};
