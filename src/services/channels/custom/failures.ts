import { DeliveryFailure } from "#channels/failure";
import { retryAfter } from "#channels/retry-after";
import type { OutboundAnswer } from "#lib/outbound-http";

/** Reads an answer that is no success (Standard Webhooks 1.0.0, "Deliverability and reliability"). */
export function refusalOf({ status, headers }: OutboundAnswer, now: Date): DeliveryFailure {
  const code = `http_${status}`;
  const wait = { retryAfter: retryAfter(headers, now) };
  if (status === 410) {
    return new DeliveryFailure("revoked", code, "The endpoint was disabled by the receiver (410).");
  }
  if (status === 429) {
    return new DeliveryFailure("passing", code, "The endpoint asks to send more slowly.", wait);
  }
  if (status >= 500) {
    return new DeliveryFailure("passing", code, `The endpoint failed (${status}).`, wait);
  }
  if (status >= 300 && status < 400) {
    return new DeliveryFailure("permanent", code, "The endpoint redirects: enter its final address.");
  }
  return new DeliveryFailure("permanent", code, `The endpoint refused the message (${status}).`);
}
