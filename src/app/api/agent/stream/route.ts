import { OperatorStreamQuery } from "#contracts/operator";
import { eventStream } from "#http/event-stream";
import { route } from "#http/route";
import { openInboxStream } from "#http/streams";
import { operator } from "#http/who";
import { findConversation } from "#services/conversations";

export const GET = route(
  { who: operator, query: OperatorStreamQuery },
  async ({ who, query: { watch }, request }) => {
    // Asked before the stream opens, while there is still a status to answer with.
    if (watch !== undefined) await findConversation(who, watch);
    return eventStream(request, (sink, { lastEventId }) =>
      openInboxStream(sink, who, { watch, lastEventId }),
    );
  },
);
