import type { CheckReport } from "#contracts/channel";
import { DeliveryFailure } from "./failure.ts";

type Line = CheckReport["lines"][number];

/** Tries one thing for a report: the words it came to, or those of its failure. */
export async function tried(attempt: () => Promise<string>): Promise<Line> {
  try {
    return { ok: true, text: await attempt() };
  } catch (error) {
    return failedLine(error);
  }
}

/** Makes a report that is as good as its worst line. */
export function reportOf(lines: Line[], account?: string): CheckReport {
  return { ok: lines.every(({ ok }) => ok), ...(account !== undefined && { account }), lines };
}

/** Makes a report whose one line is the failure, where the work for it fails. */
export async function reported(work: () => Promise<CheckReport>): Promise<CheckReport> {
  try {
    return await work();
  } catch (error) {
    return reportOf([failedLine(error)]);
  }
}

/** Tells a failure of the platform as a line of a report. Throws whatever else went wrong. */
export function failedLine(error: unknown): Line {
  if (!(error instanceof DeliveryFailure)) throw error;
  return { ok: false, text: error.message };
}
