import { SessionPath } from "#contracts/chat";
import { MessagesQuery } from "#contracts/operator";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { messagePage } from "#services/conversations";

export const GET = route(
  { who: customer("signal"), params: SessionPath, query: MessagesQuery, cors: sessionCors },
  ({ who, query }) => messagePage(who, who.conversationId, { ...query, audience: "all" }),
);

export const OPTIONS = preflight(sessionCors);
