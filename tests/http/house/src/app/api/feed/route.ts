import { eventStream } from "#http/event-stream";
import { anyone, route } from "#http/route";
import { encodeFrame } from "#lib/sse";

export const GET = route({ who: anyone }, ({ request }) =>
  eventStream(request, (sink) => {
    sink.write(encodeFrame({ id: "1", event: "connected", data: {} }));
  }),
);
