import type { Receipt } from "#contracts/channel";
import { wordsOf } from "./failures.ts";
import type { Status } from "./payload.ts";

const steps: Record<string, Receipt["status"]> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

/** Reads how far a message of ours came (Meta, "status messages webhook reference"); steps we do not know say nothing. */
export function receiptOf({ id, status, timestamp, errors, biz_opaque_callback_data }: Status): Receipt[] {
  const step = steps[status];
  if (step === undefined) return [];
  const code = String(errors?.[0]?.code ?? "unknown");
  const failure = step === "failed" ? { code, words: wordsOf(code) } : undefined;
  // Another program that sends from this number may have put anything there, also nothing.
  const key = biz_opaque_callback_data || undefined;
  return [{ kind: "receipt", externalId: id, key, status: step, at: timestamp, failure }];
}
