"use client";

import { Plus, X } from "lucide-react";
import { IconButton } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import type { Interval } from "#contracts/office-hours";
import { TimeInput } from "./time-input.tsx";

type Props = {
  /** Whose hours these are, for those who hear the page. */
  name: string;
  intervals: Interval[];
  error: string | undefined;
  disabled: boolean;
  onChange: (intervals: Interval[]) => void;
};

const most = 12;

/** When a day is open: several stretches, or none. */
export function IntervalFields({ name, intervals, error, disabled, onChange }: Props) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      {intervals.map((interval, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: intervals have no identity but their place.
        <div key={index} className="flex items-center gap-1.5">
          <TimeInput
            aria-label={`${name}, opens${numbered(intervals, index)}`}
            aria-invalid={error ? true : undefined}
            disabled={disabled}
            value={interval.from}
            onChange={(event) => onChange(intervals.with(index, { ...interval, from: event.target.value }))}
          />
          <span aria-hidden className="text-ink-3">
            –
          </span>
          <TimeInput
            aria-label={`${name}, closes${numbered(intervals, index)}`}
            aria-invalid={error ? true : undefined}
            disabled={disabled}
            // A clock shows the end of the day as its beginning.
            value={interval.to === "24:00" ? "00:00" : interval.to}
            onChange={({ target }) =>
              onChange(
                intervals.with(index, { ...interval, to: target.value === "00:00" ? "24:00" : target.value }),
              )
            }
          />
          <IconButton
            size="sm"
            label={`Remove ${interval.from} to ${interval.to} on ${name}`}
            icon={<X aria-hidden />}
            disabled={disabled}
            onClick={() => onChange(intervals.toSpliced(index, 1))}
          />
          {index === intervals.length - 1 && intervals.length < most ? (
            <IconButton
              size="sm"
              label={`Add hours on ${name}`}
              icon={<Plus aria-hidden />}
              disabled={disabled}
              onClick={() => onChange([...intervals, following(intervals)])}
            />
          ) : undefined}
        </div>
      ))}
      {intervals.length === 0 ? (
        <p className="flex h-8 items-center text-ink-3 text-sm">Closed</p>
      ) : undefined}
      {error ? <FieldError>{error}</FieldError> : undefined}
    </div>
  );
}

/** The hours that are offered next to those of a day: an hour later, as long as there is room. */
export function following(intervals: Interval[]): Interval {
  const last = intervals.at(-1);
  if (last === undefined) return { from: "09:00", to: "17:00" };
  const hour = Math.min(Number(last.to.slice(0, 2)) + 1, 22);
  return { from: `${two(hour)}:00`, to: hour >= 20 ? "24:00" : `${two(hour + 4)}:00` };
}

function numbered(intervals: Interval[], index: number): string {
  return intervals.length === 1 ? "" : `, ${index + 1}`;
}

function two(hour: number): string {
  return String(hour).padStart(2, "0");
}
