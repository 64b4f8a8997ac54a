import { DeliveryFailure } from "#channels/failure";
import { type OutboundAnswer, OutboundError } from "#lib/outbound-http";

/** Reads an answer that is no success (Standard Webhooks 1.0.0, "Deliverability and reliability"). */
export function refused({ status, headers }: OutboundAnswer, now: Date): DeliveryFailure {
  const code = `http_${status}`;
  const retryAfter = secondsOf(headers.get("retry-after"), now);
  if (status === 410) {
    return new DeliveryFailure("revoked", code, "The endpoint was disabled by the receiver (410).");
  }
  if (status === 429) {
    return new DeliveryFailure("passing", code, "The endpoint asks to send more slowly.", { retryAfter });
  }
  if (status >= 500) {
    return new DeliveryFailure("passing", code, `The endpoint failed (${status}).`, { retryAfter });
  }
  if (status >= 300 && status < 400) {
    return new DeliveryFailure("permanent", code, "The endpoint redirects: enter its final address.");
  }
  return new DeliveryFailure("permanent", code, `The endpoint refused the message (${status}).`);
}

/** Reads why no answer came. All of it may be tried again, as receivers take a webhook-id once. */
export function unanswered(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  if (!(error instanceof OutboundError)) throw error;
  const { code, message } = error;
  const kind = code === "private_address" || code === "bad_address" ? "permanent" : "passing";
  return new DeliveryFailure(kind, code, message, { cause: error });
}

// RFC 9110, "Retry-After": seconds, or a date.
function secondsOf(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - now.getTime()) / 1_000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
