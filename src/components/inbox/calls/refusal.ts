import { z } from "zod";
import type { WireError } from "#client/wire-error";
import type { ConversationRow } from "#contracts/operator";

/** Why no call can be made now, in words, and what an operator can do about it. */
export type Refusal = { words: string; remedy?: "consent" | "policy" };

const Details = z.object({ reason: z.string() });

/** What is known before anybody is asked; undefined where nothing stands in the way. */
export function refusalOf(row: ConversationRow, me: string): Refusal | undefined {
  if (row.liveCall) return { words: "A call with this customer is going on already." };
  if (row.state.state !== "WITH_HUMAN") return undefined;
  const holder =
    row.state.operator?.id === me ? "You have" : `${row.state.operator?.name ?? "A colleague"} has`;
  return {
    words: `${holder} this conversation, and the assistant keeps silent meanwhile. Hand it back to the assistant, then it can call.`,
  };
}

/** What the server said no for. */
export function refusalIn(error: WireError): Refusal {
  const { data } = Details.safeParse(error.details);
  const words = error.message;
  if (data?.reason === "consent") return { words, remedy: "consent" };
  if (data?.reason === "quiet_hours" || data?.reason === "cap") return { words, remedy: "policy" };
  return { words };
}
