"use client";

import { Copy } from "lucide-react";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type Schedule, type Weekday, weekdays } from "#contracts/office-hours";
import { dayNames } from "./hours-words.ts";
import { following, IntervalFields } from "./interval-fields.tsx";

type Week = Schedule["week"];

type Props = {
  week: Week;
  errorAt: (path: string) => string | undefined;
  disabled: boolean;
  onChange: (week: Week) => void;
};

const workdays: Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** The hours of each weekday; those of one can be copied to others. */
export function WeekEditor({ week, errorAt, disabled, onChange }: Props) {
  const copy = (from: Weekday, to: readonly Weekday[]) =>
    onChange({ ...week, ...Object.fromEntries(to.map((day) => [day, week[from]])) });
  return (
    <ul className="divide-y divide-line">
      {weekdays.map((day) => (
        <li key={day} className="flex flex-wrap items-start gap-x-4 gap-y-1.5 px-5 py-2.5 sm:flex-nowrap">
          <div className="flex h-8 w-36 shrink-0 items-center gap-2.5">
            <Switch
              aria-label={`${dayNames[day]}, open`}
              checked={week[day].length > 0}
              disabled={disabled}
              onCheckedChange={(open) => onChange({ ...week, [day]: open ? [following([])] : [] })}
            />
            <span className="font-medium text-sm">{dayNames[day]}</span>
          </div>
          <div className="order-last w-full sm:order-none sm:w-auto sm:flex-1">
            <IntervalFields
              name={dayNames[day]}
              intervals={week[day]}
              error={errorAt(`schedule.week.${day}`)}
              disabled={disabled}
              onChange={(intervals) => onChange({ ...week, [day]: intervals })}
            />
          </div>
          <div className="ms-auto">
            <Menu
              align="end"
              trigger={
                <IconButton
                  label={`Copy the hours of ${dayNames[day]}`}
                  icon={<Copy aria-hidden />}
                  disabled={disabled}
                />
              }
            >
              <MenuItem onClick={() => copy(day, workdays)}>To Monday to Friday</MenuItem>
              <MenuItem onClick={() => copy(day, weekdays)}>To every day</MenuItem>
              {weekdays
                .filter((other) => other !== day)
                .map((other) => (
                  <MenuItem key={other} onClick={() => copy(day, [other])}>
                    To {dayNames[other]}
                  </MenuItem>
                ))}
            </Menu>
          </div>
        </li>
      ))}
    </ul>
  );
}
