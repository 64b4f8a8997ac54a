import { ConversationPath, MessagesQuery } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { messagePage } from "#services/conversations";

export const GET = route(
  { who: operator, params: ConversationPath, query: MessagesQuery },
  ({ who, params, query }) => messagePage(who, params.conversationId, { ...query, audience: "operators" }),
);
