import type { Job } from "#services/conversations";

const minute = 60_000;
const hour = 60 * minute;

/** What somebody who waits is told, and after how long: honest words, never a promise of minutes. */
export const reminders = [
  {
    after: 2 * minute,
    words:
      "Nobody has been free so far. Your place in line is kept: stay, or close this window and find the answer here later.",
  },
  {
    after: 15 * minute,
    words:
      "It is taking longer than it should, and we are sorry. Everything you wrote is with our team, and the answer will stand here.",
  },
];
/** Who waits for so long without writing has found another way. */
export const patience = 72 * hour;
/** And has had people there for so long of it. */
export const openPatience = 16 * hour;

export type QueueJob = { companyId: string; conversationId: string; epoch: number; step: number };

/** The job that looks after a conversation that waits; enqueued in the commit that puts it in line. */
export function queueClock(job: QueueJob, now: Date): Job {
  const wait = reminders[job.step]?.after ?? patience;
  return queueClockAt(job, new Date(now.getTime() + wait));
}

/** The same at a moment of the caller's. */
export function queueClockAt(job: QueueJob, runAt: Date): Job {
  return { task: "queue.clock", payload: job, runAt, key: `queue:${job.conversationId}` };
}
