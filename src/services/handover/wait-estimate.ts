import { read, withCompany } from "#lib/db";
import { type ConversationRecord, type Job, queuePosition } from "#services/conversations";

/** A wait that ended with a person: how many stood before it, how many people were there, and how long it took. */
export type PastWait = { ahead: number; staff: number; minutes: number };

const fewest = 5;
const longest = 24 * 60;

/**
 * How long somebody will wait behind so many others, in minutes: the median of how fast places were served lately, by as
 * many people as are there now. Undefined where nobody is, or too few have waited to say so.
 */
export function estimate(past: PastWait[], now: { ahead: number; staff: number }): number | undefined {
  if (past.length < fewest || now.staff === 0) return undefined;
  const pace = median(past.map(({ ahead, staff, minutes }) => (minutes * Math.max(1, staff)) / (ahead + 1)));
  const minutes = Math.ceil((pace * (now.ahead + 1)) / now.staff);
  return Math.min(longest, Math.max(1, minutes));
}

/** What an estimate rests on: the newest waits of two weeks, and who is there. */
export async function readPace(companyId: string): Promise<{ past: PastWait[]; staff: number }> {
  const [past, [here]] = await Promise.all([
    read<PastWait>(
      companyId,
      `SELECT ahead, staff, extract(epoch FROM ended_at - began_at)::float / 60 AS minutes FROM queue_wait
       WHERE company_id = $1 AND operator_id IS NOT NULL AND ended_at > now() - interval '14 days'
       ORDER BY ended_at DESC LIMIT 50`,
      [companyId],
    ),
    read<{ staff: number }>(companyId, "SELECT staff_online($1) AS staff", [companyId]),
  ]);
  return { past, staff: here?.staff ?? 0 };
}

/** Where a conversation stands in line and how long it will still take; neither where it does not wait. */
export async function queuePlace(
  conversation: ConversationRecord,
): Promise<{ position?: number | undefined; estimateMinutes?: number | undefined }> {
  if (conversation.state !== "WAITING_HUMAN") return {};
  const [position = 1, pace] = await Promise.all([
    queuePosition(conversation),
    readPace(conversation.companyId),
  ]);
  return { position, estimateMinutes: estimate(pace.past, { ahead: position - 1, staff: pace.staff }) };
}

export type ToldJob = { companyId: string; conversationId: string; epoch: number; minutes: number };

/** The job that keeps what a customer was told, to be compared with how long it took. */
export function keepTold(told: ToldJob): Job {
  return { task: "wait.told", payload: told };
}

/** Keeps what a customer was told of their wait; what was told first counts. */
export async function noteTold({ companyId, conversationId, epoch, minutes }: ToldJob): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.queueWait.updateMany({
      where: { companyId, conversationId, epoch, toldMinutes: null },
      data: { toldMinutes: minutes },
    }),
  );
}

/** The middle of some numbers; 0 where there are none. */
export function median(numbers: number[]): number {
  const inOrder = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(inOrder.length / 2);
  const upper = inOrder[half] ?? 0;
  return inOrder.length % 2 === 1 ? upper : ((inOrder[half - 1] ?? 0) + upper) / 2;
}
