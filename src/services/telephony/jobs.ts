import type { JobHandlers } from "#lib/jobs";
import { SummaryJob, summariseAtRest } from "./summaries.ts";
import { voiceJobs } from "./voice-jobs.ts";

/** What the worker does for customers on the phone. */
export const telephonyJobs: JobHandlers = {
  "telephony.summarise": (payload) => summariseAtRest(SummaryJob.parse(payload)),
  ...voiceJobs,
};
