import { callSql, withCompany } from "#lib/db";
import { sweepSeen } from "#lib/sweeps";
import type { OperatorWho } from "#services/accounts";
import { initiateEscalation } from "#services/handover";
import { aConversation } from "#support/company";

type Company = { companyId: string; agentId: string };

/** Has an operator be here now, or away. */
export async function comesIn(
  { companyId, userId }: OperatorWho,
  chosen: "online" | "away" = "online",
): Promise<void> {
  await sweepSeen([{ companyId, userId, chosen }]);
}

/** Has an operator have been here last so many seconds ago, and not since. */
export async function lastSeen({ companyId, userId }: OperatorWho, secondsAgo: number): Promise<void> {
  const row = { companyId, userId, status: "online", seenAt: new Date(Date.now() - secondsAgo * 1_000) };
  await withCompany(companyId, (tx) =>
    tx.presence.upsert({
      where: { companyId_userId: { companyId, userId } },
      create: row,
      update: row,
    }),
  );
}

/** Makes a conversation of a new customer that waits for a person, since a moment. */
export async function aWaitingOne(
  company: Company,
  { now = new Date(), attributes }: { now?: Date; attributes?: { teamId?: string; skills?: string[] } } = {},
): Promise<string> {
  const { conversationId } = await aConversation(company);
  await initiateEscalation(company, conversationId, {
    reason: "explicit_request",
    sentence: "asked",
    now,
    attributes,
  });
  return conversationId;
}

export type WaitingJob = { task: string; payload: Record<string, unknown>; runAt: Date; key: string | null };

/** The jobs of a task that wait in line, the next first. */
export async function jobsOf(task: string): Promise<WaitingJob[]> {
  return callSql<WaitingJob>(
    `SELECT t.identifier AS task, j.payload, j.run_at AS "runAt", j.key
     FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = $1 ORDER BY j.run_at, j.id`,
    [task],
  );
}

/** Has those jobs be done, without doing them. */
export async function forgetJobs(task: string): Promise<void> {
  await callSql(
    `DELETE FROM graphile_worker._private_jobs
     WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = $1)`,
    [task],
  );
}
