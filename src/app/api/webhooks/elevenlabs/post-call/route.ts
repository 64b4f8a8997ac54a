import { anyone, rawBody, route } from "#http/route";
import { reportLimit, webhookReply, webhookRequest } from "#http/webhook-request";
import { receivePostCall } from "#services/telephony";

export const POST = route(
  { who: anyone, body: rawBody, limits: { bytes: reportLimit } },
  async ({ request, body, ip }) => webhookReply(await receivePostCall(webhookRequest(request, body), ip)),
);
