import { log } from "#lib/log";
import { publishFleeting, queue } from "#services/conversations";
import { estimate, readPace } from "./wait-estimate.ts";

/** How many of those who wait are told at once that they moved up; whoever is further back sees it in their next snapshot. */
const mostTold = 100;

/** Tells the customers who wait where in the queue they are now, because someone before them left it. */
export function tellQueue(companyId: string): void {
  Promise.all([queue(companyId, mostTold), readPace(companyId)])
    .then(([waiting, { past, staff }]) => {
      for (const [ahead, conversationId] of waiting.entries()) {
        const estimateMinutes = estimate(past, { ahead, staff });
        const event = { type: "queue" as const, conversationId, position: ahead + 1, estimateMinutes };
        publishFleeting({ companyId, conversationId }, event);
      }
    })
    .catch((error: unknown) => {
      log.warn({ name: error instanceof Error ? error.name : "unknown" }, "The queue could not be told");
    });
}
