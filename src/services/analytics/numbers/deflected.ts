import type { NumberDefinition } from "./definition.ts";
import { conversations as source } from "./sources.ts";

export const deflected: NumberDefinition = {
  id: "deflected",
  name: "Deflection",
  definition:
    "Of all conversations, the share that the assistant answered, in writing or on the phone, and that never came to a person: none was asked for, held it, or wrote. It is containment, as a part of everything that came in; whether the customer was helped is told by resolutions alone.",
  unit: "share",
  rows: "conversations",
  source,
  where: "true",
  hits: "f.answers > 0 AND NOT f.person AND f.escalations = 0",
};
