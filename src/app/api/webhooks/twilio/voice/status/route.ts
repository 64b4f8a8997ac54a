import { anyone, rawBody, route } from "#http/route";
import { webhookReply, webhookRequest } from "#http/webhook-request";
import { receiveCallStatus } from "#services/telephony";

export const POST = route(
  { who: anyone, body: rawBody, limits: { bytes: 64 * 1024 } },
  async ({ request, body, ip }) => webhookReply(await receiveCallStatus(webhookRequest(request, body), ip)),
);
