import type { RoutingSettings } from "#contracts/desk";
import { read, withCompany } from "#lib/db";
import { append, findConversation } from "#services/conversations";
import { type ChainPlan, chainPlan, type Told } from "./acceptance-plan.ts";
import { takers, tellWithin } from "./desk-alert.ts";
import type { Desk } from "./routing-decide.ts";
import type { Queued, Standing } from "./routing-read.ts";

type Place = { companyId: string; queued: Queued; version: number };

type Given = { settings: RoutingSettings; version: number; staff: Desk[]; now: Date };

/** Takes the chain's next step for each conversation that nobody has; answers when the earliest of them must be looked at again. */
export async function runChain(
  companyId: string,
  queue: Queued[],
  { settings, version, staff, now }: Given,
): Promise<number | undefined> {
  if (settings.chain.length === 0) return undefined;
  const teams = new Set(await teamIds(companyId));
  const desks = staff.map((desk) => ({ ...desk }));
  const looks: number[] = [];
  for (const queued of queue) {
    const plan = chainPlan(queued, { settings, staff: desks, teams, now: now.getTime() });
    await carryOut({ companyId, queued, version }, plan, now);
    const lookAt = plan.act === undefined ? plan.lookAt : plan.standing.until;
    if (lookAt !== undefined) looks.push(lookAt);
    if (plan.act?.kind !== "operator") continue;
    const { operatorId } = plan.act;
    const asked = desks.find(({ id }) => id === operatorId);
    if (asked !== undefined) asked.load += 1;
  }
  return looks.length === 0 ? undefined : Math.min(...looks);
}

async function teamIds(companyId: string): Promise<string[]> {
  const rows = await read<{ id: string }>(companyId, "SELECT id FROM team WHERE company_id = $1 LIMIT 500", [
    companyId,
  ]);
  return rows.map(({ id }) => id);
}

async function carryOut(place: Place, plan: ChainPlan, now: Date): Promise<void> {
  if (plan.act === undefined) {
    if (plan.ended !== undefined) await keep(place, plan.ended, undefined);
    return;
  }
  if (plan.act.kind === "team") await giveToTeam(place, plan.act.teamId, now);
  await keep(place, plan.standing, plan.act);
}

async function giveToTeam({ companyId, queued }: Place, teamId: string, now: Date): Promise<void> {
  const conversation = await findConversation({ companyId }, queued.id);
  if (conversation.teamId === teamId) return;
  const guard = { state: "WAITING_HUMAN" as const, epoch: queued.epoch };
  await append(conversation, { now, guard, attributes: { teamId } });
}

/** Notes the step together with the alert it raises; a conversation that somebody took meanwhile is left alone. */
async function keep(place: Place, standing: Standing, act: Told | undefined): Promise<void> {
  const { companyId, queued, version: routingVersion } = place;
  const { id: conversationId, epoch } = queued;
  const { step, operatorId = null, tried } = standing;
  const until = new Date(standing.until);
  await withCompany(companyId, async (tx) => {
    const [waits] = await tx.$queryRaw<{ team_id: string | null }[]>`
      SELECT team_id FROM conversation WHERE company_id = ${companyId}::uuid AND id = ${conversationId}::uuid
        AND state = 'WAITING_HUMAN' AND epoch = ${epoch} FOR UPDATE`;
    if (waits === undefined) return;
    const row = { companyId, epoch, routingVersion, step, operatorId, tried, until };
    await tx.acceptance.upsert({
      where: { conversationId },
      create: { conversationId, ...row },
      update: row,
    });
    if (act === undefined) return;
    const operatorIds =
      act.kind === "operator" ? [act.operatorId] : await takers(tx, companyId, waits.team_id ?? undefined);
    await tellWithin(tx, {
      companyId,
      conversationId,
      kind: "acceptance",
      operatorIds,
      via: act.kind === "push" || act.kind === "email" ? act.kind : undefined,
      until: until.toISOString(),
      key: `acceptance:${conversationId}:${epoch}:${routingVersion}:${step}`,
    });
  });
}
