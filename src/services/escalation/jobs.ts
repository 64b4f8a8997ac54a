import { z } from "zod";
import type { JobHandlers } from "#lib/jobs";
import { runBacktest } from "./backtest-job.ts";

const BacktestJob = z.object({ companyId: z.uuid(), backtestId: z.uuid() });

/** What the worker does for escalation rules. */
export const escalationJobs: JobHandlers = {
  "rules.backtest": (payload) => runBacktest(BacktestJob.parse(payload)),
};
