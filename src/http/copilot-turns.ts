import type { Staff } from "#services/accounts";
import { limit } from "#services/rate-limit";

/** Counts what a person, or a program, asks of the co-pilot. Throws `rate_limited`. */
export function copilotTurns(who: Staff): Promise<void> {
  return limit({ copilot: who.kind === "operator" ? who.userId : who.keyId });
}
