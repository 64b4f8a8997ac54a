import type { NumberDefinition } from "./definition.ts";
import { suggestions as source } from "./sources.ts";

export const copilotReplies: NumberDefinition = {
  id: "copilot_replies",
  name: "Replies with suggestions",
  definition:
    "Replies of people that were sent while the co-pilot had something to suggest. Topics and operators are those that the suggestions were made for.",
  unit: "count",
  rows: "replies with suggestions",
  source,
  where: "true",
};
