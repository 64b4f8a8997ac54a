import { z } from "zod";
import { MacroAction } from "#contracts/desk-actions";
import type { Macro, MacroBody } from "#contracts/desk-tools";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, listOperators, type Staff } from "#services/accounts";
import {
  changeable,
  makerOf,
  mayChange,
  needRoom,
  placeOf,
  refused,
  visibilityOf,
  within,
  writing,
} from "./own.ts";

const most = 200;

const Actions = z.array(MacroAction);

type Body = z.output<typeof MacroBody>;

/** The macros that somebody can run: everybody's, and their own. */
export async function listMacros(who: Staff): Promise<Macro[]> {
  const rows = await withCompany(who.companyId, (tx) =>
    tx.macro.findMany({ where: within(who), orderBy: [{ name: "asc" }, { id: "asc" }], take: 2 * most }),
  );
  return rows.map((row) => view(row, who));
}

/** One macro that somebody can run. Throws `not_found`. */
export async function findMacro(who: Staff, id: string): Promise<Macro> {
  const row = await withCompany(who.companyId, (tx) => tx.macro.findFirst({ where: { id, ...within(who) } }));
  if (row === null) throw unknown();
  return view(row, who);
}

/** Writes a macro. Throws `conflict` where its name is taken, and `not_found` for another company's people and teams. */
export async function createMacro(who: Staff, body: Body): Promise<Macro> {
  const { companyId } = who;
  const columns = columnsOf(who, body);
  await knowAll(companyId, body.actions);
  return writing(who, takenWords(body), async (tx) => {
    const known = await tx.macro.count({ where: { companyId, operatorId: columns.operatorId } });
    needRoom(known, most, "macros");
    const row = await tx.macro.create({
      data: { id: newId(), companyId, madeBy: makerOf(who), ...columns },
    });
    await audit(tx, who, "macro.created", row.id, { name: row.name });
    return view(row, who);
  });
}

/** Changes a macro, also whose it is. Throws `not_found`, `forbidden` where others share it, and `conflict` where its name is taken. */
export async function changeMacro(who: Staff, id: string, body: Body, now = new Date()): Promise<Macro> {
  const columns = columnsOf(who, body);
  await knowAll(who.companyId, body.actions);
  return writing(who, takenWords(body), async (tx) => {
    const [row] = await tx.macro.updateManyAndReturn({
      where: { id, ...changeable(who) },
      data: { ...columns, updatedAt: now },
    });
    if (row === undefined) throw await whyNot(tx, who, id);
    await audit(tx, who, "macro.changed", id, { name: row.name });
    return view(row, who);
  });
}

/** Removes a macro. Throws `not_found`, and `forbidden` where others share it. */
export async function removeMacro(who: Staff, id: string): Promise<void> {
  await withCompany(who.companyId, async (tx) => {
    const { count } = await tx.macro.deleteMany({ where: { id, ...changeable(who) } });
    if (count === 0) throw await whyNot(tx, who, id);
    await audit(tx, who, "macro.removed", id);
  });
}

/** Counts that a macro was run. */
export async function countMacroUse(who: Staff, id: string): Promise<void> {
  await withCompany(who.companyId, (tx) =>
    tx.macro.updateMany({ where: { id, ...within(who) }, data: { used: { increment: 1 } } }),
  );
}

async function whyNot(tx: Tx, who: Staff, id: string): Promise<AppError> {
  return refused(await tx.macro.count({ where: { id, ...within(who) } }), unknown());
}

function columnsOf(who: Staff, { name, actions, ...place }: Body) {
  return { name, actions, ...placeOf(who, place) };
}

/** Throws `not_found` where an action names somebody, or a team, that the company does not have. */
async function knowAll(companyId: string, actions: MacroAction[]): Promise<void> {
  const targets = actions.flatMap((action) => (action.kind === "assign" ? [action.to] : []));
  const operators = targets.flatMap((to) => (to.kind === "operator" ? [to.operatorId] : []));
  const teams = targets.flatMap((to) => (to.kind === "team" && to.teamId !== companyId ? [to.teamId] : []));
  if (operators.length > 0) {
    const known = new Set((await listOperators(companyId)).map(({ id }) => id));
    if (operators.some((id) => !known.has(id)))
      throw new AppError("not_found", "This operator is not part of your company.");
  }
  if (teams.length > 0) {
    const known = await read<{ id: string }>(
      companyId,
      "SELECT id FROM team WHERE company_id = $1 AND id = ANY($2)",
      [companyId, teams],
    );
    if (new Set(teams).size !== known.length) throw new AppError("not_found", "This team does not exist.");
  }
}

function takenWords({ name }: Body): string {
  return `There is a macro “${name}” already.`;
}

function view(row: Row, who: Staff): Macro {
  const { id, name, actions, teamId, used, updatedAt } = row;
  return {
    id,
    name,
    actions: Actions.parse(actions),
    visibility: visibilityOf(row),
    teamId: teamId ?? undefined,
    mayChange: mayChange(who, row),
    used,
    updatedAt: updatedAt.toISOString(),
  };
}

type Row = {
  id: string;
  operatorId: string | null;
  madeBy: string | null;
  name: string;
  actions: unknown;
  teamId: string | null;
  used: number;
  updatedAt: Date;
};

function unknown(): AppError {
  return new AppError("not_found", "This macro does not exist.");
}
