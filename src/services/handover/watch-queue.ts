import { openBetween } from "#contracts/open-time";
import { read } from "#lib/db";
import { isAppError } from "#lib/errors";
import { append, type ConversationRecord, findConversation, type Reader } from "#services/conversations";
import { move } from "./change.ts";
import { type Hours, hoursOfTeam, readHours, shiftAt } from "./hours.ts";
import { openPatience, patience, type QueueJob, queueClock, queueClockAt, reminders } from "./queue-clock.ts";
import { abandonedLine, systemLine } from "./system-line.ts";

/** Tells a customer who still waits where they stand, or closes what was left for days; a clock of an earlier wait does nothing. */
export async function watchQueue(job: QueueJob, now = new Date()): Promise<void> {
  const who: Reader = { companyId: job.companyId };
  const conversation = await findConversation(who, job.conversationId);
  if (conversation.state !== "WAITING_HUMAN" || conversation.epoch !== job.epoch) return;
  const hours = await readHours(job.companyId);
  const shift = shiftAt(hours, conversation.teamId, now);
  const next = { ...job, step: job.step + 1 };
  const reminder = reminders[job.step];
  if (shift?.open === false && shift.backAt !== undefined && reminder !== undefined) {
    // They were told when somebody is back: until then nothing takes longer than it should.
    const jobs = [queueClockAt(job, new Date(shift.backAt.getTime() + reminder.after))];
    await append(conversation, { now, guard: { epoch: job.epoch }, jobs });
    return;
  }
  if (reminder !== undefined) {
    await append(conversation, {
      now,
      guard: { state: "WAITING_HUMAN", epoch: job.epoch },
      messages: [systemLine(reminder.words, { kind: "no_operators" })],
      jobs: [queueClock(next, now)],
    });
    return;
  }
  if (!(await isLeft(conversation, hours, now))) {
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

/**
 * Says whether a customer has found another way. Whoever wrote before a long weekend has not, and whoever left an address
 * is waiting for an answer however long that takes.
 */
async function isLeft(conversation: ConversationRecord, hours: Hours, now: Date): Promise<boolean> {
  const since = new Date(conversation.lastMessageAt);
  if (now.getTime() - since.getTime() < patience) return false;
  const schedule = hoursOfTeam(hours, conversation.teamId);
  if (schedule !== undefined && openBetween(schedule, since, now) * 60_000 < openPatience) return false;
  const [contact] = await read<{ email: string | null }>(
    conversation.companyId,
    "SELECT email FROM contact WHERE company_id = $1 AND id = $2",
    [conversation.companyId, conversation.contactId],
  );
  return schedule === undefined || contact?.email == null;
}
