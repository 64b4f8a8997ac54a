import { InitiationAnswer } from "#contracts/telephony";
import { anyone, rawBody, route } from "#http/route";
import { webhookRequest } from "#http/webhook-request";
import { answerInitiation } from "#services/telephony";

export const POST = route(
  { who: anyone, body: rawBody, limits: { bytes: 64 * 1024 }, answer: InitiationAnswer },
  ({ request, body, ip }) => answerInitiation(webhookRequest(request, body), ip),
);
