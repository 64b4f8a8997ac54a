import { type CallView, isLive } from "#contracts/calls";

/** What a call is, in a word or two. */
export function callName({ direction }: Pick<CallView, "direction">): string {
  return direction === "inbound" ? "Incoming call" : "Outgoing call";
}

/** Where a call that goes on stands, for who looks at its conversation. */
export function liveWords(
  { direction, status }: Pick<CallView, "direction" | "status">,
  agent: string,
): string {
  if (status === "in_progress") return `On the phone with ${agent}`;
  if (direction === "inbound") return "Calling in";
  return status === "queued" ? "Placing the call" : "Ringing";
}

type Ended = { words: string; tone: "neutral" | "red" | "amber" };

/** How a call ended that was not spoken to its end; undefined for one that was, or that goes on. */
export function endWords({ direction, status }: Pick<CallView, "direction" | "status">): Ended | undefined {
  switch (status) {
    case "busy":
      return { words: "Busy", tone: "amber" };
    case "no_answer":
      return { words: direction === "inbound" ? "Missed" : "Not answered", tone: "amber" };
    case "failed":
      return { words: "Failed", tone: "red" };
    case "canceled":
      return { words: "Canceled", tone: "neutral" };
    default:
      return undefined;
  }
}

const outcomes = {
  success: { words: "Reached its goal", tone: "green" },
  failure: { words: "Did not reach its goal", tone: "amber" },
} as const;

/** Whether the call reached what it was for, as the voice agent's platform judges; undefined where it does not say. */
export function outcomeWords({ outcome, status }: Pick<CallView, "outcome" | "status">) {
  if (isLive(status) || outcome === undefined || outcome === "unknown") return undefined;
  return outcomes[outcome];
}

/** A length of time as a phone shows it: "0:07", "12:40", "1:02:03". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3_600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** How long a call has lasted at a moment since it was answered; undefined where it never was. */
export function lasted(call: CallView, now: number): number | undefined {
  if (call.durationSeconds !== undefined) return call.durationSeconds;
  if (call.answeredAt === undefined) return undefined;
  const end = call.endedAt === undefined ? now : Date.parse(call.endedAt);
  return Math.max(0, end - Date.parse(call.answeredAt)) / 1_000;
}
