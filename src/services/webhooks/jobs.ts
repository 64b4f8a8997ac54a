import type { JobHandlers } from "#lib/jobs";
import { sweepOldDeliveries } from "#lib/sweeps";
import { HandleJob, handleDeliveries } from "./handle.ts";

const kept = 30 * 24 * 60 * 60_000;
const most = 2_000;

/** What the worker does for webhooks. */
export const webhookJobs: JobHandlers = {
  "webhook.handle": (payload) => handleDeliveries(HandleJob.parse(payload)),
  "webhook-forget": () => forgetOldDeliveries(),
};

/** When the worker does what nobody asks for (crontab, whose names have no dots). */
export const webhookTimes = "17 3 * * * webhook-forget";

/** Removes the raw bodies of deliveries that were handled a month ago, and of those that lay in quarantine for three. */
export async function forgetOldDeliveries(now = Date.now()): Promise<void> {
  while ((await sweepOldDeliveries(new Date(now - kept), most)) === most);
}
