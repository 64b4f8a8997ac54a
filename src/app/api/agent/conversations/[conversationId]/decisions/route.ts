import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listDecisions } from "#services/handover";

export const GET = route({ who: operator, params: ConversationPath }, async ({ who, params }) => ({
  decisions: await listDecisions(who, params.conversationId),
}));
