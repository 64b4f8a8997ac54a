import { PushDevice, PushSituation, PushSubscriptionBody } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { pushSituation, subscribe } from "#services/notifications";

export const GET = route({ who: person(), answer: PushSituation }, ({ who }) => pushSituation(who));
export const POST = route(
  { who: person(), body: PushSubscriptionBody, answer: PushDevice, status: 201 },
  ({ who, body, request }) => subscribe(who, body, request.headers.get("user-agent")),
);
