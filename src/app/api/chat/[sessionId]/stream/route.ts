import { SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { eventStream } from "#http/event-stream";
import { route } from "#http/route";
import { openChatStream } from "#http/streams";

export const GET = route(
  { who: customer("signal"), params: SessionPath, cors: sessionCors },
  ({ who, request }) =>
    eventStream(request, (sink, { lastEventId }) => openChatStream(sink, who, lastEventId)),
);

export const OPTIONS = preflight(sessionCors);
