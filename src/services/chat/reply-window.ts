import type { Channel, Outgoing } from "#services/channels";

const hour = 60 * 60_000;

/** Until when free words of this author reach the customer; undefined where they always do. */
export function replyUntil(
  { can: { replyWindow } }: Channel,
  lastCustomerAt: Date | undefined,
  author: Outgoing["author"],
): Date | undefined {
  if (replyWindow === undefined) return undefined;
  const hours = author === "operator" ? (replyWindow.humanHours ?? replyWindow.hours) : replyWindow.hours;
  return new Date((lastCustomerAt?.getTime() ?? 0) + hours * hour);
}
