"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Holiday } from "#contracts/office-hours";
import { following, IntervalFields } from "./interval-fields.tsx";

type Props = {
  holidays: Holiday[];
  errorAt: (path: string) => string | undefined;
  disabled: boolean;
  onChange: (holidays: Holiday[]) => void;
};

const kinds = [
  { value: "closed", label: "Closed" },
  { value: "hours", label: "Other hours" },
];

/** The days that differ from their weekday: closed, or with hours of their own. */
export function HolidayFields({ holidays, errorAt, disabled, onChange }: Props) {
  const whole = errorAt("schedule.holidays");
  const inLine = holidays.some((_, index) => errorAt(`schedule.holidays.${index}`));
  return (
    <section aria-label="Holidays" className="flex flex-col gap-2 border-line border-t px-5 py-4">
      <div className="mb-1">
        <h2 className="font-medium text-sm">Holidays</h2>
        <p className="text-ink-3 text-xs">Days that differ from their weekday, each for one year.</p>
      </div>
      <ul className="flex flex-col gap-3">
        {holidays.map((holiday, index) => {
          const name = holiday.name || `holiday ${index + 1}`;
          const change = (some: Partial<Holiday>) => onChange(holidays.with(index, { ...holiday, ...some }));
          const error = errorAt(`schedule.holidays.${index}`);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a holiday has no identity while it is written.
            <li key={index} className="flex flex-col gap-1.5">
              <div className="flex flex-wrap items-center gap-1.5">
                <Input
                  type="date"
                  aria-label={`Date of ${name}`}
                  className="w-36 tabular-nums"
                  disabled={disabled}
                  value={holiday.date}
                  onChange={(event) => change({ date: event.target.value })}
                />
                <Input
                  aria-label={`Name of holiday ${index + 1}`}
                  dir="auto"
                  className="min-w-32 flex-1"
                  placeholder="New Year's Day"
                  maxLength={80}
                  disabled={disabled}
                  value={holiday.name}
                  onChange={(event) => change({ name: event.target.value })}
                />
                <Select
                  aria-label={`Hours of ${name}`}
                  className="w-32"
                  items={kinds}
                  disabled={disabled}
                  value={holiday.intervals?.length ? "hours" : "closed"}
                  onValueChange={(kind) =>
                    change({ intervals: kind === "hours" ? [following([])] : undefined })
                  }
                />
                <IconButton
                  label={`Remove ${name}`}
                  icon={<Trash2 aria-hidden />}
                  disabled={disabled}
                  onClick={() => onChange(holidays.toSpliced(index, 1))}
                />
              </div>
              {holiday.intervals?.length ? (
                <IntervalFields
                  name={name}
                  intervals={holiday.intervals}
                  error={undefined}
                  disabled={disabled}
                  onChange={(intervals) => change({ intervals })}
                />
              ) : undefined}
              {error ? <FieldError>{error}</FieldError> : undefined}
            </li>
          );
        })}
      </ul>
      <Button
        size="sm"
        className="self-start"
        disabled={disabled || holidays.length >= 400}
        onClick={() => onChange([...holidays, { date: "", name: "" }])}
      >
        <Plus aria-hidden />
        Add holiday
      </Button>
      {whole && !inLine ? <FieldError>{whole}</FieldError> : undefined}
    </section>
  );
}
