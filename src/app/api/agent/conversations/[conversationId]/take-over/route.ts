import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { conversationRow } from "#services/conversations";
import { takeOver } from "#services/handover";

export const POST = route({ who: operator, params: ConversationPath }, async ({ who, params }) =>
  conversationRow(await takeOver(who, params.conversationId)),
);
