import { EventsQuery, SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { eventPage } from "#services/conversations";

export const GET = route(
  { who: customer("signal"), params: SessionPath, query: EventsQuery, cors: sessionCors },
  ({ who, query }) => eventPage(who, who.conversationId, { ...query, audience: "all" }),
);

export const OPTIONS = preflight(sessionCors);
