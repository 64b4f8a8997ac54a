import { z } from "zod";
import { withCompany } from "#lib/db";
import type { JobHandlers } from "#lib/jobs";
import { sweepVanished, sweepWaiting } from "#lib/sweeps";
import { routeAgain } from "./desk-write.ts";
import { afterDecline, DeclineJob } from "./offer.ts";
import { releaseUnanswered } from "./release.ts";
import { routeQueue } from "./route-queue.ts";
import { checkClocks, recheckClocks } from "./sla-check.ts";
import { noteTold } from "./wait-estimate.ts";

const CompanyJob = z.object({ companyId: z.uuid() });
const ConversationJob = z.object({ companyId: z.uuid(), conversationId: z.uuid() });
const RecheckJob = z.object({ companyId: z.uuid(), after: z.uuid().optional() });
const ToldJob = ConversationJob.extend({ epoch: z.int(), minutes: z.int() });

/** What the worker does for the queue. */
export const deskJobs: JobHandlers = {
  "sla.check": (payload) => checkClocks(ConversationJob.parse(payload)),
  "sla.recompute": (payload) => recheckClocks(RecheckJob.parse(payload)),
  "desk.route": (payload) => routeQueue(CompanyJob.parse(payload)),
  "desk.declined": (payload) => afterDecline(DeclineJob.parse(payload)),
  "wait.told": (payload) => noteTold(ToldJob.parse(payload)),
  "desk-look": () => lookAround(),
};

/** When the worker does what nobody asks for (crontab, whose names have no dots). */
export const deskTimes = "* * * * * desk-look";

const most = 500;

async function lookAround(now = new Date()): Promise<void> {
  const vanished = await sweepVanished(now, most);
  for (const { companyId, userId, unseenSince } of vanished) {
    await releaseUnanswered({ companyId, userId }, unseenSince, now);
  }
  for (const companyId of await sweepWaiting())
    await withCompany(companyId, (tx) => routeAgain(tx, companyId));
}
