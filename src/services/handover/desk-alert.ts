import { type DeskAlert, deskAlertTask } from "#contracts/desk";
import type { Tx } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import type { ConversationRecord } from "#services/conversations";

/** What an alert is about: until when something may still be done, and which clock or step it is. */
type Told = { conversation: ConversationRecord; until: Date; clock: string };

/** Has operators told that a promise is about to be broken, or was: who holds the conversation, or else who could take it. */
export async function alertWithin(
  tx: Tx,
  kind: "sla_warning" | "sla_breach",
  { conversation, until, clock }: Told,
): Promise<void> {
  const { companyId, id: conversationId, operatorId, teamId } = conversation;
  const could = operatorId === undefined ? await takers(tx, companyId, teamId) : [operatorId];
  // Whoever leads must hear of what was broken, not of what can still be kept.
  const leaders = kind === "sla_breach" ? await leadersOf(tx, companyId) : [];
  await tellWithin(tx, {
    companyId,
    conversationId,
    kind,
    operatorIds: [...new Set([...could, ...leaders])],
    until: until.toISOString(),
    key: `${kind}:${conversationId}:${clock}:${until.getTime()}`,
  });
}

/** Puts an alert in line within a transaction; the same key twice is one alert. */
export async function tellWithin(tx: Tx, alert: DeskAlert): Promise<void> {
  if (alert.operatorIds.length === 0) return;
  await addJobWithin(tx, deskAlertTask, alert, { key: alert.key });
}

/** Who may take a conversation: its team, and everybody where it has none or nobody is in it. */
export async function takers(tx: Tx, companyId: string, teamId: string | undefined): Promise<string[]> {
  const team =
    teamId === undefined
      ? []
      : await tx.teamMember.findMany({ where: { companyId, teamId }, select: { userId: true }, take: most });
  const people =
    team.length > 0
      ? team
      : await tx.member.findMany({ where: { companyId }, select: { userId: true }, take: most });
  return people.map(({ userId }) => userId);
}

const most = 500;

async function leadersOf(tx: Tx, companyId: string): Promise<string[]> {
  const leaders = await tx.member.findMany({
    where: { companyId, role: { in: ["owner", "admin"] } },
    select: { userId: true },
    take: 50,
  });
  return leaders.map(({ userId }) => userId);
}
