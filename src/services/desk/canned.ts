import type { z } from "zod";
import type { CannedBody, CannedResponse } from "#contracts/desk-tools";
import { type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type Staff } from "#services/accounts";
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

const most = 500;

type Body = z.output<typeof CannedBody>;

/** The canned responses that somebody can use: everybody's, and their own. */
export async function listCanned(who: Staff): Promise<CannedResponse[]> {
  const rows = await withCompany(who.companyId, (tx) =>
    tx.cannedResponse.findMany({
      where: within(who),
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 2 * most,
    }),
  );
  return rows.map((row) => view(row, who));
}

/** Writes a canned response. Throws `conflict` where its name is taken, and `not_found` for another company's team. */
export async function createCanned(who: Staff, body: Body): Promise<CannedResponse> {
  const { companyId } = who;
  const columns = columnsOf(who, body);
  return writing(who, takenWords(body), async (tx) => {
    const known = await tx.cannedResponse.count({ where: { companyId, operatorId: columns.operatorId } });
    needRoom(known, most, "canned responses");
    const row = await tx.cannedResponse.create({
      data: { id: newId(), companyId, madeBy: makerOf(who), ...columns },
    });
    await audit(tx, who, "canned_response.created", row.id, { name: row.name });
    return view(row, who);
  });
}

/** Changes a canned response, also whose it is. Throws `not_found`, `forbidden` where others share it, and `conflict` where its name is taken. */
export async function changeCanned(
  who: Staff,
  id: string,
  body: Body,
  now = new Date(),
): Promise<CannedResponse> {
  const columns = columnsOf(who, body);
  return writing(who, takenWords(body), async (tx) => {
    const [row] = await tx.cannedResponse.updateManyAndReturn({
      where: { id, ...changeable(who) },
      data: { ...columns, updatedAt: now },
    });
    if (row === undefined) throw await whyNot(tx, who, id);
    await audit(tx, who, "canned_response.changed", id, { name: row.name });
    return view(row, who);
  });
}

/** Removes a canned response. Throws `not_found`, and `forbidden` where others share it. */
export async function removeCanned(who: Staff, id: string): Promise<void> {
  await withCompany(who.companyId, async (tx) => {
    const { count } = await tx.cannedResponse.deleteMany({ where: { id, ...changeable(who) } });
    if (count === 0) throw await whyNot(tx, who, id);
    await audit(tx, who, "canned_response.removed", id);
  });
}

/** Counts that a canned response was used. Throws `not_found`. */
export async function countCannedUse(who: Staff, id: string): Promise<void> {
  const { count } = await withCompany(who.companyId, (tx) =>
    tx.cannedResponse.updateMany({ where: { id, ...within(who) }, data: { used: { increment: 1 } } }),
  );
  if (count === 0) throw unknown();
}

async function whyNot(tx: Tx, who: Staff, id: string): Promise<AppError> {
  return refused(await tx.cannedResponse.count({ where: { id, ...within(who) } }), unknown());
}

function columnsOf(who: Staff, { name, title, text, ...place }: Body) {
  return { name, title, text, ...placeOf(who, place) };
}

function takenWords({ name }: Body): string {
  return `There is a canned response /${name} already.`;
}

function view(row: Row, who: Staff): CannedResponse {
  const { id, name, title, text, teamId, used, updatedAt } = row;
  return {
    id,
    name,
    title,
    text,
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
  title: string;
  text: string;
  teamId: string | null;
  used: number;
  updatedAt: Date;
};

function unknown(): AppError {
  return new AppError("not_found", "This canned response does not exist.");
}
