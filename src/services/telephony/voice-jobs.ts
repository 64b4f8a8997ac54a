import type { JobHandlers } from "#lib/jobs";
import { HandleJob, handleDeliveries } from "#services/webhooks";
import { DialJob, dialCall } from "./dial-call.ts";
import { voiceReader } from "./voice-reader.ts";
import { CallJob, watchCall } from "./watch-call.ts";

/** What the worker does for calls; deliveries it reads in the place of webhooks, to whom all but calls is left. */
export const voiceJobs: JobHandlers = {
  "webhook.handle": (payload) => handleDeliveries(HandleJob.parse(payload), voiceReader),
  "call.dial": (payload) => dialCall(DialJob.parse(payload)),
  "call.watch": (payload) => watchCall(CallJob.parse(payload)),
};
