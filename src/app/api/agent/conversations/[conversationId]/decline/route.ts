import { ConversationPath, DeclineBody } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { conversationRow } from "#services/conversations";
import { declineConversation } from "#services/handover";

export const POST = route(
  { who: operator, params: ConversationPath, body: DeclineBody },
  async ({ who, params, body }) =>
    conversationRow(await declineConversation(who, params.conversationId, body)),
);
