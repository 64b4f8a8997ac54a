import { z } from "zod";
import type { JobHandlers } from "#lib/jobs";
import { closeSession, idleSession } from "./life.ts";

const SessionJob = z.object({ companyId: z.uuid(), sessionId: z.uuid() });

/** What the worker does for web chats. */
export const jobHandlers: JobHandlers = {
  "session.idle": (payload) => idleSession(SessionJob.parse(payload)),
  "session.close": (payload) => closeSession(SessionJob.parse(payload)),
};
