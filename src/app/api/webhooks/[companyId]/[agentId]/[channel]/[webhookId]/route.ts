import { WebhookPath } from "#contracts/channel";
import { anyone, rawBody, route } from "#http/route";
import { deliveryLimit, webhookReply, webhookRequest } from "#http/webhook-request";
import { receiveWebhook } from "#services/webhooks";

export const GET = route({ who: anyone, params: WebhookPath }, async ({ params, request, ip }) =>
  webhookReply(await receiveWebhook(params, webhookRequest(request, Buffer.alloc(0)), ip)),
);

export const POST = route(
  { who: anyone, params: WebhookPath, body: rawBody, limits: { bytes: deliveryLimit } },
  async ({ params, request, body, ip }) =>
    webhookReply(await receiveWebhook(params, webhookRequest(request, body), ip)),
);
