import { quietUntil } from "#contracts/quiet-hours";
import type { CallPolicy, LeadView } from "#contracts/telephony";

/** What of a customer decides whether the assistant may call them. */
export type Callee = Pick<LeadView, "callConsentAt" | "optedOutAt">;

/** Why a call must not be made, for windows and in words for who asked for it. */
export type CallRefusal = { reason: "opted_out" | "consent" | "quiet_hours"; words: string };

/** Why the assistant must not call somebody now; undefined where it may. Nobody is known of whom there is no `callee`. */
export function refusalOf(
  policy: CallPolicy,
  callee: Callee | undefined,
  now: Date,
): CallRefusal | undefined {
  if (callee?.optedOutAt !== undefined) {
    return { reason: "opted_out", words: "The customer has opted out: they want to hear nothing from here." };
  }
  if (policy.consentRequired && callee?.callConsentAt === undefined) {
    const words = "The customer has not agreed to be called: note their consent first.";
    return { reason: "consent", words };
  }
  const until = quietUntil(policy.quiet, now);
  if (until === undefined) return undefined;
  return {
    reason: "quiet_hours",
    words: `Nobody is called in quiet hours: they end at ${clock(until, policy)}.`,
  };
}

function clock(at: Date, { quiet: { timeZone } }: CallPolicy): string {
  const time = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return `${time} (${timeZone})`;
}
