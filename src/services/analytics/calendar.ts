import { Schedule } from "#contracts/office-hours";
import { isOpen, openBetween } from "#contracts/open-time";
import { hashToken } from "#lib/crypto";
import { read } from "#lib/db";
import type { Hours } from "./fold/entry.ts";

/** A company's office hours and its clock. */
export type Calendar = Hours & {
  zone: string;
  /** False where the company has set none: it is always open then. */
  hasHours: boolean;
  /** The same for the same hours. */
  mark: string;
};

/** The office hours of a company as a whole; what a team keeps for itself does not change how reports count. */
export async function calendarOf(companyId: string): Promise<Calendar> {
  const [row] = await read<{ schedule: unknown }>(
    companyId,
    "SELECT schedule FROM office_hours WHERE company_id = $1 AND is_default",
    [companyId],
  );
  return calendarFrom(row && Schedule.parse(row.schedule));
}

/** Reads a schedule as a calendar; without one every moment is open, and days are those of Greenwich. */
export function calendarFrom(schedule: Schedule | undefined): Calendar {
  if (schedule === undefined) {
    return {
      zone: "UTC",
      hasHours: false,
      mark: "always",
      isOpen: () => true,
      openSeconds: (from, to) => (to.getTime() - from.getTime()) / 1_000,
    };
  }
  return {
    zone: schedule.timeZone,
    hasHours: true,
    mark: hashToken(JSON.stringify(schedule)).slice(0, 16),
    isOpen: (at) => isOpen(schedule, at),
    openSeconds: (from, to) => openBetween(schedule, from, to) * 60,
  };
}
