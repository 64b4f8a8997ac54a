import { type ChainStep, RoutingSettings, type RoutingView, type SaveRoutingBody } from "#contracts/desk";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { audit, listOperators, type Staff } from "#services/accounts";
import { changeDesk, overtaken, routeAgain } from "./desk-write.ts";

type Kept = { settings: RoutingSettings; version: number };

/** How a company routes; as everybody begins where it has never been said. */
export async function readRouting(companyId: string): Promise<Kept> {
  const [row] = await read<{ settings: unknown; version: number }>(
    companyId,
    "SELECT settings, version FROM routing WHERE company_id = $1",
    [companyId],
    { name: "routing" },
  );
  return { settings: RoutingSettings.parse(row?.settings ?? {}), version: row?.version ?? 0 };
}

/** The same as the settings page shows it, with what is passed over. */
export async function getRouting(companyId: string): Promise<RoutingView> {
  const [{ settings, version }, names] = await Promise.all([readRouting(companyId), namesOf(companyId)]);
  const warnings = settings.chain.flatMap((step, at) =>
    isKnown(step, names) ? [] : [`Step ${at + 1} is passed over: the ${step.to.kind} it names is gone.`],
  );
  return { ...settings, version, warnings };
}

/**
 * Keeps how a company routes; every chain under way begins anew. Throws `conflict` for an older version, `invalid` for
 * a chain that goes round in circles, `not_found` for a team or an operator the company does not have.
 */
export async function saveRouting(who: Staff, body: SaveRoutingBody): Promise<RoutingView> {
  const { companyId } = who;
  const { version, ...settings } = body;
  checkChain(settings, await namesOf(companyId));
  await changeDesk(companyId, "Somebody else saved this at the same moment: try again.", async (tx) => {
    const [before] = await tx.$queryRaw<{ version: number }[]>`
      SELECT version FROM routing WHERE company_id = ${companyId}::uuid FOR UPDATE`;
    if (version !== undefined && version !== (before?.version ?? 0)) throw overtaken();
    const active = settings.mode !== "manual" || settings.chain.length > 0;
    const data = { settings, active, version: (before?.version ?? 0) + 1, updatedAt: new Date() };
    if (before === undefined) await tx.routing.create({ data: { companyId, ...data } });
    else await tx.routing.update({ where: { companyId }, data });
    await audit(tx, who, "routing.changed", companyId, { mode: settings.mode });
    await routeAgain(tx, companyId);
  });
  return getRouting(companyId);
}

type Names = { operators: Map<string, string>; teams: Map<string, string> };

async function namesOf(companyId: string): Promise<Names> {
  const [operators, teams] = await Promise.all([
    listOperators(companyId),
    read<{ id: string; name: string }>(
      companyId,
      "SELECT id, name FROM team WHERE company_id = $1 LIMIT 500",
      [companyId],
    ),
  ]);
  return {
    operators: new Map(operators.map(({ id, name }) => [id, name])),
    teams: new Map(teams.map(({ id, name }) => [id, name])),
  };
}

function checkChain({ mode, chain }: RoutingSettings, names: Names): void {
  for (const step of chain) {
    if (!isKnown(step, names)) {
      throw new AppError("not_found", `A ${step.to.kind} that this chain names does not exist.`);
    }
  }
  const ids = chain.flatMap((step) => idOf(step) ?? []);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) {
    const name = names.teams.get(twice) ?? names.operators.get(twice) ?? "";
    throw new AppError("invalid", `“${name}” stands in the chain twice: it would go round in circles.`);
  }
  if (mode === "offer" && !chain.some(({ to }) => to.kind === "operator" || to.kind === "team")) {
    throw new AppError("invalid", "Offering needs a step that offers to an operator or a team.");
  }
}

function isKnown(step: ChainStep, { operators, teams }: Names): boolean {
  const id = idOf(step);
  return id === undefined || operators.has(id) || teams.has(id);
}

function idOf({ to }: ChainStep): string | undefined {
  if (to.kind === "team") return to.teamId;
  return to.kind === "operator" ? to.operatorId : undefined;
}
