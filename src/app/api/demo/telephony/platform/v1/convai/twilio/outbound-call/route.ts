import { PracticeDialBody } from "#contracts/practice";
import { route } from "#http/route";
import { visitor } from "#http/who";
import { placeCall } from "#services/telephony";

export const POST = route({ who: visitor, body: PracticeDialBody }, ({ request, body }) =>
  placeCall(request.headers, body),
);
