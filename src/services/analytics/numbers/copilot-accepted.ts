import type { NumberDefinition } from "./definition.ts";
import { suggestions as source } from "./sources.ts";

export const copilotAccepted: NumberDefinition = {
  id: "copilot_accepted",
  name: "Suggestions taken",
  definition:
    "Of the replies with suggestions, the share that used one as it was or edited it. Topics and operators are those that the suggestions were made for.",
  unit: "share",
  better: "up",
  rows: "replies with suggestions",
  source,
  where: "true",
  hits: "f.accepted",
};
