import { isUtf8 } from "node:buffer";
import type { Verified, WebhookRequest } from "#channels/channel";
import { sameText } from "#lib/crypto";
import type { Settings } from "./settings.ts";
import { signaturesOf, signed } from "./signature.ts";

// Standard Webhooks 1.0.0, "Verifying timestamp": against both old deliveries and clocks that run ahead.
const toleranceMs = 5 * 60_000;

/** Says whether a delivery was signed with one of the connection's secrets, a short while ago. */
export async function verify(request: WebhookRequest, settings: Settings): Promise<Verified> {
  const { headers, rawBody, now } = request;
  const id = headers.get(signed.id) ?? "";
  const seconds = headers.get(signed.timestamp) ?? "";
  const given = (headers.get(signed.signature) ?? "").split(" ").filter((each) => each.startsWith("v1,"));
  // The signature is made over text, and only of UTF-8 is text the same as the bytes that came.
  const isReadable = isUtf8(rawBody) && id.length <= 255 && /^\d{1,12}$/.test(seconds);
  if (id === "" || given.length === 0 || !isReadable) return { ok: false, reason: "malformed" };
  const at = new Date(Number(seconds) * 1_000);
  const expected = signaturesOf(id, at, rawBody.toString("utf8"), settings);
  const fits = given.some((each) => expected.some((one) => sameText(each, one)));
  if (!fits) return { ok: false, reason: "signature" };
  if (Math.abs(now.getTime() - at.getTime()) > toleranceMs) return { ok: false, reason: "stale" };
  return { ok: true };
}
