import { randomBytes } from "node:crypto";
import type { PracticeCall } from "#contracts/practice";
import { once } from "#lib/registry";

type Placed = { call: PracticeCall; at: number };

/** The calls that ring on practice phones: what the phone company knows, which only this process plays. */
const placed = once("practice.placed", () => new Map<string, Placed>());
const mostKept = 100;
/** A phone that nobody looked at rings no longer than this, in milliseconds. */
const ringsFor = 60_000;

/** Lets a call ring at the number it was placed to. */
export function ring(call: PracticeCall, now: Date): void {
  if (placed.size >= mostKept) placed.clear();
  placed.set(call.from, { call, at: now.getTime() });
}

/** The call that rings at a number. */
export function ringing(number: string, now: Date): PracticeCall | undefined {
  const known = placed.get(number);
  return known !== undefined && now.getTime() - known.at < ringsFor ? known.call : undefined;
}

/** Ends the ringing at a number: somebody answered, or nobody will. */
export function silence(number: string): void {
  placed.delete(number);
}

/** New ids of a call, as the phone company and the voice agent's platform make them. */
export function callIds(): Pick<PracticeCall, "callSid" | "voiceConversationId"> {
  return { callSid: `CA${hex()}`, voiceConversationId: `conv_${hex()}` };
}

/** Thirty-two digits that nobody else has. */
export function hex(): string {
  return randomBytes(16).toString("hex");
}
