import { Schedule } from "#contracts/office-hours";
import { isOpen, nextOpen } from "#contracts/open-time";
import { read } from "#lib/db";

/** The hours that a company keeps: its own, those with a name, and which team has which. */
export type Hours = {
  company: Schedule | undefined;
  named: Map<string, Schedule>;
  teams: Map<string, string>;
};

/** Reads all hours of a company. */
export async function readHours(companyId: string): Promise<Hours> {
  const [schedules, teams] = await Promise.all([
    read<{ id: string; schedule: unknown; isDefault: boolean }>(
      companyId,
      `SELECT id, schedule, is_default AS "isDefault" FROM office_hours WHERE company_id = $1 ORDER BY id LIMIT 200`,
      [companyId],
      { name: "office_hours" },
    ),
    read<{ id: string; scheduleId: string }>(
      companyId,
      `SELECT id, schedule_id AS "scheduleId" FROM team WHERE company_id = $1 AND schedule_id IS NOT NULL LIMIT 500`,
      [companyId],
      { name: "team_hours" },
    ),
  ]);
  const named = new Map(schedules.map(({ id, schedule }) => [id, Schedule.parse(schedule)]));
  const own = schedules.find(({ isDefault }) => isDefault);
  return {
    company: own && named.get(own.id),
    named,
    teams: new Map(teams.map(({ id, scheduleId }) => [id, scheduleId])),
  };
}

/** The hours of a team, which are the company's unless it has its own; undefined where nobody set any. */
export function hoursOfTeam(hours: Hours, teamId: string | undefined): Schedule | undefined {
  const own = teamId === undefined ? undefined : hours.teams.get(teamId);
  return (own === undefined ? undefined : hours.named.get(own)) ?? hours.company;
}

/** Whether a company is open at a moment; undefined where it has set no hours. */
export async function officeHoursAt(companyId: string, at: Date): Promise<"open" | "closed" | undefined> {
  const [own] = await read<{ schedule: unknown }>(
    companyId,
    "SELECT schedule FROM office_hours WHERE company_id = $1 AND is_default",
    [companyId],
    { name: "company_hours" },
  );
  if (own === undefined) return undefined;
  return isOpen(Schedule.parse(own.schedule), at) ? "open" : "closed";
}

/** What a customer who waits now should know: whether anybody is there, and when somebody is again. */
export type Shift = { open: boolean; backAt: Date | undefined; timeZone: string };

/** The shift of a company or of one of its teams; undefined where no hours are set, and so nothing can be promised. */
export function shiftAt(hours: Hours, teamId: string | undefined, at: Date): Shift | undefined {
  const schedule = hoursOfTeam(hours, teamId);
  if (schedule === undefined) return undefined;
  const open = isOpen(schedule, at);
  return { open, backAt: open ? undefined : nextOpen(schedule, at), timeZone: schedule.timeZone };
}
