import twilio from "twilio";
import type { Verified, WebhookRequest } from "#channels/channel";
import { isDigested, type Parameters, signedParameters } from "./payload.ts";
import { hasService, type Settings } from "./settings.ts";

/** The header that Twilio's signature stands in (twilio.com/docs/usage/security). */
export const signatureHeader = "x-twilio-signature";

/**
 * Says whether a delivery is signed by Twilio, over the public address and all parameters, and meant for this number
 * (twilio.com/docs/usage/security, "Validating requests").
 */
export async function verify(request: WebhookRequest, settings: Settings): Promise<Verified> {
  const parameters = signedParameters(request);
  if (!isSigned(request, parameters ?? {}, settings)) return { ok: false, reason: "signature" };
  // Twilio's own, in a shape that we do not know: it is kept to be read after a fix.
  if (parameters === undefined) return { ok: true };
  return isOurs(parameters, settings) ? { ok: true } : { ok: false, reason: "wrong_account" };
}

function isSigned(
  { headers, url, rawBody }: WebhookRequest,
  parameters: Parameters,
  { authToken }: Settings,
): boolean {
  const signature = headers.get(signatureHeader) ?? "";
  if (!isDigested(url)) return twilio.validateRequest(authToken, signature, url.href, parameters);
  return twilio.validateRequestWithBody(authToken, signature, url.href, rawBody.toString("utf8"));
}

// A token signs for all numbers of its account, so the one that was written to decides.
function isOurs(parameters: Parameters, settings: Settings): boolean {
  const { AccountSid, MessagingServiceSid, MessageStatus, Direction = "", From, To } = parameters;
  if (AccountSid !== settings.accountSid) return false;
  if (hasService(settings)) return !MessagingServiceSid || MessagingServiceSid === settings.from;
  // What became of a message of ours, or of a call that was made from here.
  const isOutgoing = MessageStatus !== undefined || Direction.startsWith("outbound");
  return (isOutgoing ? From : To) === settings.from;
}
