import { log } from "#lib/log";
import { publishFleeting, queue } from "#services/conversations";

/** How many of those who wait are told at once that they moved up; whoever is further back sees it in their next snapshot. */
const mostTold = 100;

/** Tells the customers who wait where in the queue they are now, because someone before them left it. */
export function tellQueue(companyId: string): void {
  queue(companyId, mostTold)
    .then((waiting) => {
      for (const [index, conversationId] of waiting.entries()) {
        const event = { type: "queue" as const, conversationId, position: index + 1 };
        publishFleeting({ companyId, conversationId }, event);
      }
    })
    .catch((error: unknown) => {
      log.warn({ name: error instanceof Error ? error.name : "unknown" }, "The queue could not be told");
    });
}
