import { type OfficeHoursView, type SaveOfficeHoursBody, Schedule } from "#contracts/office-hours";
import { isOpen, nextChange } from "#contracts/open-time";
import { read, type Tx } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { audit, type Staff } from "#services/accounts";
import { changeDesk, overtaken, recomputeClocks } from "./desk-write.ts";

type Row = {
  id: string;
  name: string;
  schedule: unknown;
  isDefault: boolean;
  version: number;
  updatedAt: Date;
  teams: string[];
  policies: string[];
};

const taken = "Other hours have this name already.";

/** All hours of a company, its default first. */
export async function listOfficeHours(companyId: string, now = new Date()): Promise<OfficeHoursView[]> {
  const rows = await read<Row>(
    companyId,
    `SELECT h.id, h.name, h.schedule, h.is_default AS "isDefault", h.version, h.updated_at AS "updatedAt",
            ARRAY(SELECT t.name FROM team t WHERE t.company_id = $1 AND t.schedule_id = h.id ORDER BY t.name) AS teams,
            ARRAY(SELECT p.name FROM sla_policy p WHERE p.company_id = $1 AND p.schedule_id = h.id ORDER BY p.name) AS policies
     FROM office_hours h WHERE h.company_id = $1 ORDER BY h.is_default DESC, h.name LIMIT 200`,
    [companyId],
  );
  return rows.map((row) => view(row, now));
}

/** One set of hours. Throws `not_found`. */
export async function getOfficeHours(companyId: string, id: string): Promise<OfficeHoursView> {
  const found = (await listOfficeHours(companyId)).find((hours) => hours.id === id);
  if (found === undefined) throw unknownHours();
  return found;
}

/** Keeps hours under a name; the first of a company are its default. Throws `conflict` where the name is taken. */
export async function createOfficeHours(who: Staff, body: SaveOfficeHoursBody): Promise<OfficeHoursView> {
  const { companyId } = who;
  const id = newId();
  await changeDesk(companyId, taken, async (tx) => {
    const others = await tx.officeHours.count({ where: { companyId } });
    if (others >= 100) throw new AppError("conflict", "A company can have a hundred sets of hours.");
    const isDefault = body.isDefault ?? others === 0;
    if (isDefault) await tx.officeHours.updateMany({ where: { companyId }, data: { isDefault: false } });
    const { name, schedule } = body;
    await tx.officeHours.create({ data: { id, companyId, name, schedule, isDefault } });
    await audit(tx, who, "office_hours.created", id, { name });
    await recomputeClocks(tx, companyId);
  });
  return getOfficeHours(companyId, id);
}

/** Changes hours; clocks that run are set anew. Throws `conflict` for an older version, or a name that is taken. */
export async function saveOfficeHours(
  who: Staff,
  id: string,
  body: SaveOfficeHoursBody,
): Promise<OfficeHoursView> {
  const { companyId } = who;
  await changeDesk(companyId, taken, async (tx) => {
    const before = await lock(tx, companyId, id);
    if (body.version !== undefined && body.version !== before.version) throw overtaken();
    if (body.isDefault === false && before.isDefault) {
      throw new AppError("conflict", "Make other hours the company's instead: it always has one.");
    }
    if (body.isDefault === true) {
      await tx.officeHours.updateMany({
        where: { companyId, id: { not: id } },
        data: { isDefault: false },
      });
    }
    const { name, schedule, isDefault = before.isDefault } = body;
    const data = { name, schedule, isDefault, version: before.version + 1, updatedAt: new Date() };
    await tx.officeHours.update({ where: { id }, data });
    await audit(tx, who, "office_hours.changed", id, { name });
    await recomputeClocks(tx, companyId);
  });
  return getOfficeHours(companyId, id);
}

/** Removes hours; teams that had them follow the company's. Throws `conflict` where a policy's clocks keep them. */
export async function removeOfficeHours(who: Staff, id: string): Promise<void> {
  const { companyId } = who;
  await changeDesk(companyId, taken, async (tx) => {
    const { name, isDefault } = await lock(tx, companyId, id);
    const policy = await tx.slaPolicy.findFirst({ where: { companyId, scheduleId: id } });
    if (policy !== null) {
      throw new AppError(
        "conflict",
        `The clocks of “${policy.name}” keep these hours: give that policy others first.`,
      );
    }
    const others = await tx.officeHours.count({ where: { companyId, id: { not: id } } });
    if (isDefault && others > 0) {
      throw new AppError("conflict", "These are the company's hours: make others the company's first.");
    }
    await tx.officeHours.delete({ where: { id } });
    await audit(tx, who, "office_hours.removed", id, { name });
    await recomputeClocks(tx, companyId);
  });
}

// One lock for all hours of a company, so that two who save at once cannot leave it two defaults.
async function lock(tx: Tx, companyId: string, id: string) {
  const rows = await tx.$queryRaw<{ id: string; name: string; isDefault: boolean; version: number }[]>`
    SELECT id, name, is_default AS "isDefault", version FROM office_hours
    WHERE company_id = ${companyId}::uuid ORDER BY id FOR UPDATE`;
  const found = rows.find((row) => row.id === id);
  if (found === undefined) throw unknownHours();
  return found;
}

function view(row: Row, now: Date): OfficeHoursView {
  const { teams, policies, updatedAt, ...hours } = row;
  const schedule = Schedule.parse(row.schedule);
  return {
    ...hours,
    schedule,
    usedBy: { teams, policies },
    open: isOpen(schedule, now),
    changesAt: nextChange(schedule, now)?.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function unknownHours(): AppError {
  return new AppError("not_found", "These hours do not exist.");
}
