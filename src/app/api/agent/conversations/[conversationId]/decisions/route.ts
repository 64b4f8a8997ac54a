import { ConversationPath, DecisionsQuery } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listDecisions } from "#services/handover";

export const GET = route(
  { who: operator, params: ConversationPath, query: DecisionsQuery },
  ({ who, params, query }) => listDecisions(who, params.conversationId, query),
);
