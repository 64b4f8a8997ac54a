import type { ChannelSituation } from "#contracts/operator";

/** How the time stands in which free words reach the customer. */
export type ReplyWindow = { state: "open" | "ending" | "closed"; until: string; left: string };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ending = 2 * hour;

/** The reply window of a platform at a moment; undefined where words always reach the customer. */
export function replyWindow(channel: ChannelSituation | undefined, now: number): ReplyWindow | undefined {
  const until = channel?.replyUntil;
  if (until === undefined) return undefined;
  const left = Date.parse(until) - now;
  if (left <= 0) return { state: "closed", until, left: "" };
  return { state: left <= ending ? "ending" : "open", until, left: timeLeft(left) };
}

/** Since when, or why, the customer cannot be answered; a window from before the conversation was never open in it. */
export function closedWords(until: string, began: string, momentOf: (moment: string) => string): string {
  return until < began
    ? "The customer has not written in this conversation yet."
    : `The time to reply ended ${momentOf(until)}.`;
}

/** How long something still lasts, to the minute and never more than it is: "6 d 4 h", "3 h 12 min", "9 min". */
export function timeLeft(milliseconds: number): string {
  if (milliseconds < minute) return "less than a minute";
  const [days, hours, minutes] = [day, hour, minute].map((unit) => Math.floor(milliseconds / unit));
  if (days) return `${days} d ${(hours ?? 0) % 24} h`;
  if (hours) return `${hours} h ${(minutes ?? 0) % 60} min`;
  return `${minutes} min`;
}

/** How a text stands to what one message of the platform holds; undefined while there is much room. */
export function roomLeft(text: string, most: number): string | undefined {
  const left = most - text.length;
  if (left > most * 0.1) return undefined;
  if (left >= 0) return `${left} ${left === 1 ? "character" : "characters"} left`;
  return `Goes out as ${Math.ceil(text.length / most)} messages`;
}
