import { PastPage, PastQuery } from "#contracts/desk-tools";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { pastConversations } from "#services/conversations";

export const GET = route(
  { who: operator, params: ConversationPath, query: PastQuery, answer: PastPage },
  ({ who, params, query }) => pastConversations(who, params.conversationId, query),
);
