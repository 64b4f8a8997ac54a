import type { z } from "zod";
import type { CannedBody, CannedResponse } from "#contracts/desk-tools";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type Staff } from "#services/accounts";
import { needRoom, placeOf, visibilityOf, within, writing } from "./own.ts";

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
  return rows.map(view);
}

/** Writes a canned response. Throws `conflict` where its name is taken, and `not_found` for another company's team. */
export async function createCanned(who: Staff, body: Body): Promise<CannedResponse> {
  const { companyId } = who;
  const columns = columnsOf(who, body);
  return writing(who, takenWords(body), async (tx) => {
    const known = await tx.cannedResponse.count({ where: { companyId, operatorId: columns.operatorId } });
    needRoom(known, most, "canned responses");
    const row = await tx.cannedResponse.create({ data: { id: newId(), companyId, ...columns } });
    await audit(tx, who, "canned_response.created", row.id, { name: row.name });
    return view(row);
  });
}

/** Changes a canned response, also whose it is. Throws `not_found`, and `conflict` where its name is taken. */
export async function changeCanned(
  who: Staff,
  id: string,
  body: Body,
  now = new Date(),
): Promise<CannedResponse> {
  const columns = columnsOf(who, body);
  return writing(who, takenWords(body), async (tx) => {
    const [row] = await tx.cannedResponse.updateManyAndReturn({
      where: { id, ...within(who) },
      data: { ...columns, updatedAt: now },
    });
    if (row === undefined) throw unknown();
    await audit(tx, who, "canned_response.changed", id, { name: row.name });
    return view(row);
  });
}

/** Removes a canned response. Throws `not_found`. */
export async function removeCanned(who: Staff, id: string): Promise<void> {
  await withCompany(who.companyId, async (tx) => {
    const { count } = await tx.cannedResponse.deleteMany({ where: { id, ...within(who) } });
    if (count === 0) throw unknown();
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

function columnsOf(who: Staff, { name, title, text, ...place }: Body) {
  return { name, title, text, ...placeOf(who, place) };
}

function takenWords({ name }: Body): string {
  return `There is a canned response /${name} already.`;
}

function view(row: Row): CannedResponse {
  const { id, name, title, text, teamId, used, updatedAt } = row;
  return {
    id,
    name,
    title,
    text,
    visibility: visibilityOf(row),
    teamId: teamId ?? undefined,
    used,
    updatedAt: updatedAt.toISOString(),
  };
}

type Row = {
  id: string;
  operatorId: string | null;
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
