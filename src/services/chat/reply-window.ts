import type { Channel, Outgoing } from "#services/channels";

const hour = 60 * 60_000;

/** Until when free words of this author reach the customer; undefined where they always do. */
export function replyUntil(
  { can }: Channel,
  lastCustomerAt: Date | undefined,
  author: Outgoing["author"],
): Date | undefined {
  const hours = hoursFor(can, author);
  return hours === undefined ? undefined : new Date((lastCustomerAt?.getTime() ?? 0) + hours * hour);
}

/** How long that is, as it is said: "24-hour", "7-day". */
export function windowWords({ can }: Channel, author: Outgoing["author"]): string {
  const hours = hoursFor(can, author) ?? 0;
  return hours > 24 && hours % 24 === 0 ? `${hours / 24}-day` : `${hours}-hour`;
}

function hoursFor({ replyWindow }: Channel["can"], author: Outgoing["author"]): number | undefined {
  return author === "operator" ? (replyWindow?.humanHours ?? replyWindow?.hours) : replyWindow?.hours;
}
