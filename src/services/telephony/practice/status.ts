import type { PracticeCall } from "#contracts/practice";
import type { OpenLine } from "./line.ts";
import { postAsTwilio } from "./post.ts";

type Told = {
  status: "ringing" | "in-progress" | "completed" | "busy" | "no-answer";
  sequence: number;
  seconds?: number;
};

/** Tells how far a call came, as Twilio does where the number's status callback leads (twilio.com/docs/voice). */
export async function tellStatus(
  line: OpenLine,
  { callSid, direction, from }: Pick<PracticeCall, "callSid" | "direction" | "from">,
  { status, sequence, seconds }: Told,
): Promise<void> {
  const isInbound = direction === "inbound";
  const { from: number } = line.config;
  await postAsTwilio(line, "/api/webhooks/twilio/voice/status", {
    CallSid: callSid,
    CallStatus: status,
    Direction: isInbound ? "inbound" : "outbound-api",
    From: isInbound ? from : number,
    To: isInbound ? number : from,
    SequenceNumber: String(sequence),
    Timestamp: new Date().toUTCString(),
    ...(seconds === undefined ? {} : { CallDuration: String(Math.round(seconds)) }),
  });
}
