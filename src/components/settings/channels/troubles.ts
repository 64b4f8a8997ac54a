import type { ConnectionView } from "#contracts/connections";
import { rejectionName } from "./rejection-words.ts";

/** What was refused or lies undone on a connection, a few words each. */
export function troublesOf({ rejections, quarantined, outgoing }: ConnectionView["health"]): string[] {
  return [
    ...rejections.map(({ reason, count }) => `${rejectionName(reason)}: ${count} refused`),
    ...counted([
      [quarantined, "in quarantine"],
      [outgoing.failed, "not delivered"],
      [outgoing.unknown, "perhaps not delivered"],
    ]),
  ];
}

/** What is on its way, in and out, a few words each. */
export function queueOf({ waiting, outgoing }: ConnectionView["health"]): string[] {
  return counted([
    [waiting, "to be read"],
    [outgoing.waiting, "to be sent"],
  ]);
}

function counted(counts: [number, string][]): string[] {
  return counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
}
