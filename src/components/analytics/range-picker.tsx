"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { CalendarDays } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { daysAfter, type Place, today } from "./place.ts";
import { rangeWords } from "./words.ts";

type Range = Pick<Place, "from" | "to">;

/** Ranges that are asked for often, as of today. */
function presets(now: string): { label: string; range: Range }[] {
  const month = `${now.slice(0, 8)}01`;
  const monthBefore = `${daysAfter(month, -1).slice(0, 8)}01`;
  return [
    { label: "Today", range: { from: now, to: now } },
    { label: "Last 7 days", range: { from: daysAfter(now, -6), to: now } },
    { label: "Last 30 days", range: { from: daysAfter(now, -29), to: now } },
    { label: "Last 90 days", range: { from: daysAfter(now, -89), to: now } },
    { label: "This month", range: { from: month, to: now } },
    { label: "Last month", range: { from: monthBefore, to: daysAfter(month, -1) } },
    { label: "Last 12 months", range: { from: daysAfter(now, -364), to: now } },
  ];
}

/** Chooses the range of all numbers: one of the usual ones, or two dates. */
export function RangePicker({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const usual = presets(today());
  const named = usual.find(({ range: { from, to } }) => from === range.from && to === range.to);
  const [own, setOwn] = useState(range);
  const wrong = own.from > own.to ? "The end comes before the beginning." : undefined;
  return (
    <Popover
      side="bottom"
      className="w-72"
      trigger={
        <Button onClick={() => setOwn(range)}>
          <CalendarDays aria-hidden />
          {named?.label ?? rangeWords(range)}
        </Button>
      }
    >
      <ul className="grid grid-cols-2 gap-1">
        {usual.map(({ label, range: each }) => (
          <li key={label}>
            <Base.Close
              render={
                <Button
                  variant="ghost"
                  className="w-full justify-start aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
                  aria-pressed={label === named?.label}
                  onClick={() => onChange(each)}
                />
              }
            >
              {label}
            </Base.Close>
          </li>
        ))}
      </ul>
      <form
        className="mt-2 flex flex-col gap-3 border-line border-t pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong === undefined && own.from !== "" && own.to !== "") onChange(own);
        }}
      >
        <div className="grid grid-cols-2 gap-2">
          <Field label="From">
            <Input
              type="date"
              required
              value={own.from}
              onChange={(event) => setOwn({ ...own, from: event.target.value })}
            />
          </Field>
          <Field label="To" error={wrong}>
            <Input
              type="date"
              required
              value={own.to}
              onChange={(event) => setOwn({ ...own, to: event.target.value })}
            />
          </Field>
        </div>
        <Button type="submit" variant="primary" disabled={wrong !== undefined}>
          Show this range
        </Button>
      </form>
    </Popover>
  );
}
