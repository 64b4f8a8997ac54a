import { z } from "zod";
import type { JobHandlers } from "#lib/jobs";
import { releaseAllOf } from "#services/handover";
import { closeSession, idleSession } from "./life.ts";

const SessionJob = z.object({ companyId: z.uuid(), sessionId: z.uuid() });

const ReleaseJob = z.object({ companyId: z.uuid(), userId: z.uuid() });

/** What the worker does. */
export const jobHandlers: JobHandlers = {
  "session.idle": (payload) => idleSession(SessionJob.parse(payload)),
  "operator.release": (payload) => releaseAllOf(ReleaseJob.parse(payload)),
  "session.close": (payload) => closeSession(SessionJob.parse(payload)),
};
