import { z } from "zod";
import type { JobHandlers } from "#lib/jobs";
import { wake } from "#services/conversations";
import { copilotJobs, runAskedCases, TestRunJob } from "#services/copilot";
import { deskJobs, releaseAllOf, watchQueue } from "#services/handover";
import { configuredModel } from "./configured-model.ts";
import { DeliverJob, deliver } from "./deliver.ts";
import { closeSession, idleSession } from "./life.ts";
import { ratingJobs } from "./rating.ts";
import { RetryAllJob, sendAllAgain } from "./retry-all.ts";
import { tellUndelivered, UndeliveredJob } from "./undelivered.ts";

const SessionJob = z.object({ companyId: z.uuid(), sessionId: z.uuid() });

const ReleaseJob = z.object({ companyId: z.uuid(), userId: z.uuid() });

const QueueJob = z.object({
  companyId: z.uuid(),
  conversationId: z.uuid(),
  epoch: z.int(),
  step: z.int(),
});

const WakeJob = z.object({ companyId: z.uuid(), conversationId: z.uuid(), until: z.iso.datetime() });

/** What the worker does. */
export const jobHandlers: JobHandlers = {
  "session.idle": (payload) => idleSession(SessionJob.parse(payload)),
  "operator.release": (payload) => releaseAllOf(ReleaseJob.parse(payload)),
  "queue.clock": (payload) => watchQueue(QueueJob.parse(payload)),
  "message.deliver": (payload) => deliver(DeliverJob.parse(payload)),
  "connection.retry": (payload) => sendAllAgain(RetryAllJob.parse(payload)),
  "message.undelivered": (payload) => tellUndelivered(UndeliveredJob.parse(payload)),
  "session.close": (payload) => closeSession(SessionJob.parse(payload)),
  ...copilotJobs,
  "test.run": (payload) => runAskedCases(TestRunJob.parse(payload), configuredModel()),
  ...deskJobs,
  "conversation.wake": (payload) => wake(WakeJob.parse(payload)),
  ...ratingJobs,
};
