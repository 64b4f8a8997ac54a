"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ReportNumber } from "#contracts/analytics";
import { type Picked, useHeatmap } from "./data.ts";
import type { Place } from "./place.ts";
import { weekdayNames } from "./words.ts";

type Props = {
  place: Place;
  number: Pick<ReportNumber, "id" | "name">;
  onPick: (picked: Picked) => void;
};

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const hourName = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
const steps: Record<string, [number, number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** How a number lies over the hours of the week: darker is more, each hour says how many, and opens them. */
export function HeatMap({ place, number, onPick }: Props) {
  const { data } = useHeatmap(place, number.id);
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ day: 0, hour: 9 });
  const most = Math.max(...(data?.cells.flat() ?? []), 0);

  function move(event: KeyboardEvent) {
    const [down, right] = steps[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    const next = { day: (at.day + down + 7) % 7, hour: (at.hour + right + 24) % 24 };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.day}-${next.hour}"]`)?.focus();
  }

  return (
    <Card aria-label={`${number.name} over the week`} className="min-w-0">
      <header className="px-5 pt-4 pb-2">
        <h2 className="font-semibold text-base text-ink">Hours of the week</h2>
        <p className="text-ink-3 text-xs">
          {number.name}, {data?.zone ?? "…"} time
        </p>
      </header>
      {data === undefined ? (
        <div className="px-5 pb-4">
          <Skeleton className="h-48 w-full" />
        </div>
      ) : (
        <div className="relative overflow-x-auto px-5 pb-4">
          <table
            ref={table}
            onKeyDown={move}
            className="w-full min-w-[600px] table-fixed border-separate border-spacing-0.5 text-2xs"
          >
            <caption className="sr-only">
              {number.name} by weekday and hour. Arrow keys move between hours.
            </caption>
            <thead>
              <tr>
                <td className="w-9" />
                {hours.map((hour) => (
                  <th key={hour} scope="col" className="font-normal text-ink-3">
                    <span aria-hidden>{hour % 3 === 0 ? hour : ""}</span>
                    <span className="sr-only">{hourName(hour)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.cells.map((row, day) => (
                <tr key={weekdayNames[day]}>
                  <th scope="row" className="pe-1 text-end font-normal text-ink-3">
                    <span aria-hidden>{weekdayNames[day]?.slice(0, 3)}</span>
                    <span className="sr-only">{weekdayNames[day]}</span>
                  </th>
                  {row.map((count, hour) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
                    <td key={hour} className="p-0">
                      <Hour
                        count={count}
                        most={most}
                        cell={`${day}-${hour}`}
                        reachable={at.day === day && at.hour === hour}
                        onFocus={() => setAt({ day, hour })}
                        onPress={() =>
                          onPick({
                            number: number.id,
                            name: number.name,
                            words: `${weekdayNames[day]}, ${hourName(hour)} to ${hourName((hour + 1) % 24)}`,
                            weekday: day,
                            hour,
                          })
                        }
                        label={`${weekdayNames[day]} ${hourName(hour)}: ${count}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

type HourProps = {
  count: number;
  most: number;
  cell: string;
  label: string;
  reachable: boolean;
  onFocus: () => void;
  onPress: () => void;
};

function Hour({ count, most, cell, label, reachable, onFocus, onPress }: HourProps) {
  const strength = most === 0 ? 0 : count / most;
  return (
    <button
      type="button"
      data-cell={cell}
      title={label}
      aria-label={label}
      aria-disabled={count === 0}
      tabIndex={reachable ? 0 : -1}
      onFocus={onFocus}
      onClick={() => count > 0 && onPress()}
      className="flex h-6 w-full items-center justify-center rounded-sm text-ink tabular-nums"
      style={{
        background:
          count === 0
            ? "var(--sunken)"
            : `color-mix(in oklab, var(--accent) ${Math.round(8 + strength * 50)}%, var(--surface))`,
      }}
    >
      {count === 0 ? "" : count}
    </button>
  );
}
