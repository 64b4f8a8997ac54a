import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Verified, WebhookRequest } from "#channels/channel";
import { isSigned } from "./signature.ts";

/** Names a delivery by its bytes: Meta gives it no id, and repeats it unchanged. */
export function deliveryId({ rawBody }: WebhookRequest): string {
  return createHash("sha256").update(rawBody).digest("hex");
}

/** Reads the body of a delivery. Throws where it is no JSON. */
export function bodyOf({ rawBody }: WebhookRequest): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"));
  } catch {
    // Without the cause: the parser's own message quotes the customer's words.
    throw new Error("The delivery is no JSON.");
  }
}

/** Says whether a delivery is Meta's own, and whether it holds anything for our account. */
export function verifyDelivery<Accounts extends z.ZodType>(
  request: WebhookRequest,
  appSecret: string,
  accounts: { schema: Accounts; isOurs: (delivery: z.output<Accounts>) => boolean },
): Verified {
  // Compared before parsing: a forged body must not reach the JSON parser.
  if (!isSigned(request, appSecret)) return { ok: false, reason: "signature" };
  const delivery = accountsOf(request, accounts.schema);
  if (delivery === undefined) return { ok: false, reason: "malformed" };
  // One app's secret signs for all companies that use the app, so the signature alone says too little.
  return accounts.isOurs(delivery) ? { ok: true } : { ok: false, reason: "wrong_account" };
}

function accountsOf<Accounts extends z.ZodType>(request: WebhookRequest, schema: Accounts) {
  try {
    return schema.safeParse(bodyOf(request)).data;
  } catch {
    return undefined;
  }
}
