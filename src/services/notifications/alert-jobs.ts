import { z } from "zod";
import { deskAlertTask } from "#contracts/desk";
import type { JobHandlers } from "#lib/jobs";
import { log } from "#lib/log";
import { sweepOldAlerts, sweepStirred } from "#lib/sweeps";
import { raiseAlerts, raiseDeskAlert } from "./alert-dispatch.ts";
import { CustomerLetterJob, sendCustomerLetter } from "./customer-letter.ts";
import { InvitationJob, sendInvitation } from "./invitation-letter.ts";
import { LetterJob, sendLetter } from "./operator-letter.ts";
import { PushJob, pushAlert } from "./push-alert.ts";

const CompanyJob = z.object({ companyId: z.uuid() });

/** What the worker does to tell operators and customers. */
export const alertJobs: JobHandlers = {
  "alert.raise": (payload) => raiseAlerts(CompanyJob.parse(payload).companyId),
  [deskAlertTask]: (payload) => raiseDeskAlert(payload),
  "alert.push": (payload) => pushAlert(PushJob.parse(payload)),
  "alert.mail": (payload) => sendLetter(LetterJob.parse(payload)),
  "customer.letter": (payload) => sendCustomerLetter(CustomerLetterJob.parse(payload)),
  "invitation.mail": (payload) => sendInvitation(InvitationJob.parse(payload)),
  "alert-forget": () => forgetOldAlerts(),
};

/** When the worker does what nobody asks for (crontab, whose names have no dots). */
export const alertTimes = "41 3 * * * alert-forget";

const kept = 30 * 24 * 60 * 60_000;
const most = 2_000;
const pulseMs = 1_000;

/** Removes alerts of a month ago. */
export async function forgetOldAlerts(now = Date.now()): Promise<void> {
  while ((await sweepOldAlerts(new Date(now - kept), most)) === most);
}

/** Looks once a second which companies have something new, and puts in line that somebody is told; one process does at a time. */
export function startPulse(): { stop(): void } {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    sweepStirred()
      .catch((error: unknown) => {
        // The next look begins where the last good one ended.
        log.warn({ name: error instanceof Error ? error.name : "unknown" }, "The look for news failed");
      })
      .finally(() => {
        busy = false;
      });
  }, pulseMs).unref();
  return { stop: () => clearInterval(timer) };
}
