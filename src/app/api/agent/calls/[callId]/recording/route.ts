import { CallPath } from "#contracts/calls";
import { route } from "#http/route";
import { operator } from "#http/who";
import { callRecording } from "#services/telephony";

export const GET = route({ who: operator, params: CallPath }, ({ who, params, request }) =>
  callRecording(who, params.callId, request.headers.get("range")),
);
