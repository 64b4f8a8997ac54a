import { OperatorStreamQuery } from "#contracts/operator";
import { eventStream } from "#http/event-stream";
import { route } from "#http/route";
import { openInboxStream } from "#http/streams";
import { operator } from "#http/who";

export const GET = route({ who: operator, query: OperatorStreamQuery }, ({ who, query, request }) =>
  eventStream(request, (sink, { lastEventId }) =>
    openInboxStream(sink, who, { watch: query.watch, lastEventId }),
  ),
);
