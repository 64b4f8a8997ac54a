import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { openConversation } from "#services/chat";
import { draftsIn } from "#services/desk";
import { isCustomerOnline, viewersOf } from "#services/notifications";

export const GET = route({ who: operator, params: ConversationPath }, async ({ who, params }) => ({
  ...(await openConversation(who, params.conversationId)),
  customerOnline: isCustomerOnline(who.companyId, params.conversationId),
  viewers: viewersOf(who.companyId, params.conversationId),
  drafts: await draftsIn(who, params.conversationId),
}));
