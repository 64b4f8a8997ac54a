import type { JobHandlers } from "#lib/jobs";
import { followAll } from "./follow.ts";

/** What the worker does for reports. */
export const analyticsJobs: JobHandlers = { "analytics-follow": () => followAll() };

/** When the worker does what nobody asks for (crontab, whose names have no dots). */
export const analyticsTimes = "* * * * * analytics-follow";
