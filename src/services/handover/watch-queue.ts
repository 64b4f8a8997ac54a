import { isAppError } from "#lib/errors";
import { append, findConversation, type Reader } from "#services/conversations";
import { move } from "./change.ts";
import { patience, type QueueJob, queueClock, reminders } from "./queue-clock.ts";
import { abandonedLine, systemLine } from "./system-line.ts";

/** Tells a customer who still waits where they stand, or closes what was left for days; a clock of an earlier wait does nothing. */
export async function watchQueue(job: QueueJob, now = new Date()): Promise<void> {
  const who: Reader = { companyId: job.companyId };
  const conversation = await findConversation(who, job.conversationId);
  if (conversation.state !== "WAITING_HUMAN" || conversation.epoch !== job.epoch) return;
  const next = { ...job, step: job.step + 1 };
  const reminder = reminders[job.step];
  if (reminder !== undefined) {
    await append(conversation, {
      now,
      guard: { state: "WAITING_HUMAN", epoch: job.epoch },
      messages: [systemLine(reminder.words, { kind: "no_operators" })],
      jobs: [queueClock(next, now)],
    });
    return;
  }
  const quiet = now.getTime() - Date.parse(conversation.lastMessageAt);
  if (quiet < patience) {
    await append(conversation, { now, guard: { epoch: job.epoch }, jobs: [queueClock(next, now)] });
    return;
  }
  await move(
    who,
    job.conversationId,
    "abandon",
    () => ({ change: { closedAt: now }, messages: [abandonedLine()] }),
    now,
  ).catch((error: unknown) => {
    // Somebody took it in this very moment.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  });
}
