import { LeadPath, LeadStreamQuery } from "#contracts/telephony";
import { eventStream } from "#http/event-stream";
import { route } from "#http/route";
import { openPhoneStream } from "#http/streams";
import { operator } from "#http/who";
import { leadPlace } from "#services/telephony";

export const GET = route(
  { who: operator, params: LeadPath, query: LeadStreamQuery },
  async ({ who, params, query: { load, ...named }, request }) => {
    // Asked before the stream opens, while there is still a status to answer with.
    const place = await leadPlace(who, { ...params, ...named });
    return eventStream(request, (sink, { lastEventId }) =>
      openPhoneStream(sink, who, place, { load, lastEventId }),
    );
  },
);
