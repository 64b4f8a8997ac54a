import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const aiInvolved: NumberDefinition = {
  id: "ai_involved",
  name: "Assistant involved",
  definition:
    "Of all conversations, the share in which the assistant answered at least once, in writing or on the phone.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.answers > 0",
};
