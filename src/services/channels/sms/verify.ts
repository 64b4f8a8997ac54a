import twilio from "twilio";
import type { Verified, WebhookRequest } from "#channels/channel";
import { isDigested, parametersOf } from "./payload.ts";
import { hasService, type SmsSettings } from "./settings.ts";

/**
 * Checks Twilio's signature over the public address and all parameters, and that the delivery is for this number
 * (twilio.com/docs/usage/security, "Validating requests").
 */
export async function verify(request: WebhookRequest, config: SmsSettings): Promise<Verified> {
  const parameters = readable(request);
  if (parameters === undefined) return { ok: false, reason: "malformed" };
  if (!isSigned(request, parameters, config)) return { ok: false, reason: "signature" };
  return isOurs(parameters, config) ? { ok: true } : { ok: false, reason: "wrong_account" };
}

function readable(request: WebhookRequest): Record<string, string> | undefined {
  try {
    return parametersOf(request);
  } catch {
    // Refused like a wrong signature: nothing unread is trusted.
    return undefined;
  }
}

function isSigned(
  { headers, url, rawBody }: WebhookRequest,
  parameters: Record<string, string>,
  { authToken }: SmsSettings,
): boolean {
  const signature = headers.get("x-twilio-signature") ?? "";
  if (!isDigested(url)) return twilio.validateRequest(authToken, signature, url.href, parameters);
  return twilio.validateRequestWithBody(authToken, signature, url.href, rawBody.toString("utf8"));
}

// A token signs for all numbers of its account, so the one that was written to decides.
function isOurs(parameters: Record<string, string>, config: SmsSettings): boolean {
  const { AccountSid, MessagingServiceSid, MessageStatus, From, To } = parameters;
  if (AccountSid !== config.accountSid) return false;
  if (hasService(config)) return !MessagingServiceSid || MessagingServiceSid === config.from;
  return (MessageStatus === undefined ? To : From) === config.from;
}
