import { z } from "zod";
import { Id, Moment, Text } from "./primitives.ts";

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of day on the wall clock; the day may end at 24:00. */
export const TimeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "Use a time such as 09:00 or 17:30.");

export const Interval = z
  .object({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, "Opening must come before closing. For a night, close at 24:00.");
export type Interval = z.infer<typeof Interval>;

const Intervals = z
  .array(Interval)
  .max(12, "Use at most twelve intervals a day.")
  .refine((intervals) => !overlap(intervals), "Two of these intervals overlap.");

export const CalendarDate = z.iso.date("Use a date such as 2026-12-24.");

/** A day with hours of its own; closed where it has none. */
export const Holiday = z.object({
  date: CalendarDate,
  name: Text.pipe(z.string().trim().min(1, "Name this day.").max(80, "Use at most 80 letters.")),
  intervals: Intervals.optional(),
});
export type Holiday = z.infer<typeof Holiday>;

export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, "This time zone is not known. Use one such as Europe/Berlin.");

/** When people are there: hours of each weekday on the wall clock of one place, and the days that differ. */
export const Schedule = z.object({
  timeZone: TimeZone,
  week: z.object({
    monday: Intervals,
    tuesday: Intervals,
    wednesday: Intervals,
    thursday: Intervals,
    friday: Intervals,
    saturday: Intervals,
    sunday: Intervals,
  }),
  holidays: z
    .array(Holiday)
    .max(400, "Use at most 400 holidays.")
    .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, "A date stands here twice.")
    .default([]),
});
export type Schedule = z.infer<typeof Schedule>;

export const SaveOfficeHoursBody = z.object({
  name: Text.pipe(z.string().trim().min(1, "Name these hours.").max(60, "Use at most 60 letters.")),
  schedule: Schedule,
  /** The hours of the whole company: what has none of its own follows them. One schedule has this. */
  isDefault: z.boolean().optional(),
  /** The version that was edited; guards against overwriting somebody else's save. */
  version: z.number().int().positive().max(2_147_483_647).optional(),
});
export type SaveOfficeHoursBody = z.infer<typeof SaveOfficeHoursBody>;

export const OfficeHoursPath = z.object({ scheduleId: Id });

export const OfficeHoursView = z.object({
  id: Id,
  name: z.string(),
  schedule: Schedule,
  isDefault: z.boolean(),
  version: z.number().int().positive(),
  /** What uses it besides the default: names of teams and service levels. */
  usedBy: z.object({ teams: z.array(z.string()), policies: z.array(z.string()) }),
  open: z.boolean(),
  /** When that changes; absent where it never does. */
  changesAt: Moment.optional(),
  updatedAt: Moment,
});
export type OfficeHoursView = z.infer<typeof OfficeHoursView>;

export const OfficeHoursList = z.object({ schedules: z.array(OfficeHoursView) });

function overlap(intervals: Interval[]): boolean {
  const inOrder = [...intervals].sort((a, b) => (a.from < b.from ? -1 : 1));
  return inOrder.some(({ from }, at) => from < (inOrder[at - 1]?.to ?? ""));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
