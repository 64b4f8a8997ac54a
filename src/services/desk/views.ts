import type { z } from "zod";
import { SavedView, type ViewBody } from "#contracts/desk-tools";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type OperatorWho } from "#services/accounts";
import {
  changeable,
  makerOf,
  mayChange,
  needRoom,
  ownerOf,
  refused,
  visibilityOf,
  within,
  writing,
} from "./own.ts";

const most = 100;

type Body = z.output<typeof ViewBody>;
type Filters = SavedView["filters"];
type Counted = Omit<SavedView, "count">;

/** The views that somebody has saved, and everybody's; with a count where one is kept. */
export async function listViews(who: OperatorWho): Promise<SavedView[]> {
  const rows = await withCompany(who.companyId, (tx) =>
    tx.savedView.findMany({ where: within(who), orderBy: [{ name: "asc" }, { id: "asc" }], take: 2 * most }),
  );
  return withCounts(
    who,
    rows.map((row) => view(row, who)),
  );
}

/** Saves a view. Throws `conflict` where its name is taken. */
export async function createView(who: OperatorWho, body: Body): Promise<SavedView> {
  const { companyId } = who;
  const columns = columnsOf(who, body);
  const made = await writing(who, takenWords(body), async (tx) => {
    const known = await tx.savedView.count({ where: { companyId, operatorId: columns.operatorId } });
    needRoom(known, most, "views");
    const row = await tx.savedView.create({
      data: { id: newId(), companyId, madeBy: makerOf(who), ...columns },
    });
    if (row.operatorId === null) await audit(tx, who, "view.created", row.id, { name: row.name });
    return view(row, who);
  });
  return counted(who, made);
}

/** Changes a view, also whose it is. Throws `not_found`, `forbidden` where others share it, and `conflict` where its name is taken. */
export async function changeView(
  who: OperatorWho,
  id: string,
  body: Body,
  now = new Date(),
): Promise<SavedView> {
  const changed = await writing(who, takenWords(body), async (tx) => {
    const [row] = await tx.savedView.updateManyAndReturn({
      where: { id, ...changeable(who) },
      data: { ...columnsOf(who, body), updatedAt: now },
    });
    if (row === undefined) throw await whyNot(tx, who, id);
    if (row.operatorId === null) await audit(tx, who, "view.changed", id, { name: row.name });
    return view(row, who);
  });
  return counted(who, changed);
}

/** Removes a view. Throws `not_found`, and `forbidden` where others share it. */
export async function removeView(who: OperatorWho, id: string): Promise<void> {
  await withCompany(who.companyId, async (tx) => {
    const row = await tx.savedView.findFirst({ where: { id, ...changeable(who) } });
    if (row === null) throw await whyNot(tx, who, id);
    await tx.savedView.deleteMany({ where: { id } });
    if (row.operatorId === null) await audit(tx, who, "view.removed", id, { name: row.name });
  });
}

async function counted(who: OperatorWho, view: Counted): Promise<SavedView> {
  const [one] = await withCounts(who, [view]);
  return one ?? view;
}

async function withCounts(who: OperatorWho, views: Counted[]): Promise<SavedView[]> {
  const names = views.map(({ filters }) => counterOf(who, filters));
  const rows = await read<{ name: string; many: number }>(
    who.companyId,
    `SELECT name, sum(value)::int AS many FROM counter WHERE company_id = $1 AND name = ANY($2) GROUP BY name
     UNION ALL SELECT 'tag:' || tag, sum(value)::int FROM tag_count WHERE company_id = $1 AND 'tag:' || tag = ANY($2) GROUP BY tag`,
    [who.companyId, names.filter((name) => name !== undefined)],
  );
  const counts = new Map(rows.map(({ name, many }) => [name, Math.max(0, many)]));
  return views.map((one, at) => {
    const name = names[at];
    return name === undefined ? one : { ...one, count: counts.get(name) ?? 0 };
  });
}

/** The counter that holds exactly what a view shows; most narrowed views have none. */
function counterOf({ userId }: OperatorWho, { view, ...filters }: Filters): string | undefined {
  const narrowed = Object.entries(filters).filter(([, value]) => value !== undefined);
  if (narrowed.length === 0) return view === "mine" ? `mine:${userId}` : view;
  if (narrowed.length > 1 || view !== "all") return undefined;
  if (filters.tag !== undefined) return `tag:${filters.tag}`;
  return filters.operatorId === undefined ? undefined : `mine:${filters.operatorId}`;
}

async function whyNot(tx: Tx, who: OperatorWho, id: string): Promise<AppError> {
  return refused(await tx.savedView.count({ where: { id, ...within(who) } }), unknown());
}

function columnsOf(who: OperatorWho, { name, visibility, filters }: Body) {
  return { name, filters, operatorId: ownerOf(who, visibility) };
}

function takenWords({ name }: Body): string {
  return `There is a view “${name}” already.`;
}

type Row = { id: string; operatorId: string | null; madeBy: string | null; name: string; filters: unknown };

function view(row: Row, who: OperatorWho): Counted {
  const { id, name } = row;
  const filters = SavedView.shape.filters.parse(row.filters);
  return { id, name, visibility: visibilityOf(row), mayChange: mayChange(who, row), filters };
}

function unknown(): AppError {
  return new AppError("not_found", "This view does not exist.");
}
