import { EventsQuery } from "#contracts/chat";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { eventPage } from "#services/conversations";

export const GET = route(
  { who: operator, params: ConversationPath, query: EventsQuery },
  ({ who, params, query }) => eventPage(who, params.conversationId, { ...query, audience: "operators" }),
);
