import { UseQuery, UseReport } from "#contracts/copilot";
import { route } from "#http/route";
import { operator } from "#http/who";
import { suggestionUse } from "#services/copilot";

export const GET = route({ who: operator, query: UseQuery, answer: UseReport }, ({ who, query }) =>
  suggestionUse(who, query),
);
