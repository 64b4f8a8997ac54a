import type { z } from "zod";
import type { SamplePlace, Verified, WebhookRequest } from "#channels/channel";
import { digestOf } from "#channels/delivery";
import { jsonIn } from "#channels/json";
import { isSigned, signatureHeader, signatureOf } from "./signature.ts";

/** Names a delivery by its bytes: Meta gives it no id, and repeats it unchanged. */
export function deliveryId({ rawBody }: WebhookRequest): string {
  return digestOf(rawBody);
}

/** Says whether a delivery is Meta's own, and whether it holds anything for our account. */
export function verifyDelivery<Accounts extends z.ZodType>(
  request: WebhookRequest,
  appSecret: string,
  accounts: { schema: Accounts; isOurs: (delivery: z.output<Accounts>) => boolean },
): Verified {
  // Compared before parsing: a forged body must not reach the JSON parser.
  if (!isSigned(request, appSecret)) return { ok: false, reason: "signature" };
  const { data: delivery } = accounts.schema.safeParse(jsonIn(request.rawBody));
  // Meta's own, in a shape that we do not know: refused, it would be lost, so that it is kept to be read after a fix.
  if (delivery === undefined) return { ok: true };
  // One app's secret signs for all companies that use the app, so the signature alone says too little.
  return accounts.isOurs(delivery) ? { ok: true } : { ok: false, reason: "wrong_account" };
}

/** Makes a delivery of this body as Meta would post and sign it. */
export function signedDelivery(
  body: object,
  appSecret: string,
  { webhookUrl, now }: SamplePlace,
): WebhookRequest {
  const rawBody = Buffer.from(JSON.stringify(body));
  const headers = new Headers({
    "content-type": "application/json",
    [signatureHeader]: signatureOf(rawBody, appSecret),
  });
  return { method: "POST", url: new URL(webhookUrl), headers, rawBody, now };
}
