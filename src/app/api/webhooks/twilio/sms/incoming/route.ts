import { anyone, rawBody, route } from "#http/route";
import { deliveryLimit, webhookReply, webhookRequest } from "#http/webhook-request";
import { receiveSms } from "#services/telephony";

export const POST = route(
  { who: anyone, body: rawBody, limits: { bytes: deliveryLimit } },
  async ({ request, body, ip }) => webhookReply(await receiveSms(webhookRequest(request, body), ip)),
);
