"use client";

import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { NumberId, ReportNumber } from "#contracts/analytics";
import { ChangeMark } from "./change-mark.tsx";
import { DefinitionMark } from "./definition-mark.tsx";
import { Sparkline } from "./sparkline.tsx";
import { valueWords } from "./words.ts";

type Props = {
  numbers: ReportNumber[] | undefined;
  expected: number;
  picked: NumberId;
  onPick: (id: NumberId) => void;
  onOpen: (number: ReportNumber) => void;
};

/** As many columns as leave no tile alone in its row. */
const columns: Record<number, string> = {
  3: "sm:grid-cols-3",
  4: "xl:grid-cols-4",
  6: "sm:grid-cols-3",
  8: "sm:grid-cols-4",
};

/** The numbers of a report, side by side; one of them is drawn large below. */
export function Tiles({ numbers, expected, picked, onPick, onOpen }: Props) {
  return (
    <ul
      className={cn(
        // The gap below each tile is its own margin: its rows are rows of this grid, so that numbers stand in line.
        "-mb-2 sm:-mb-3 grid grid-cols-2 gap-x-2 sm:gap-x-3",
        columns[expected] ?? "sm:grid-cols-3 xl:grid-cols-5",
      )}
    >
      {numbers?.map((number) => (
        <Tile
          key={number.id}
          number={number}
          picked={number.id === picked}
          onPick={() => onPick(number.id)}
          onOpen={() => onOpen(number)}
        />
      ))}
      {numbers === undefined
        ? Array.from({ length: expected }, (_, at) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: shapes without identity
              key={at}
              className="mb-2 rounded-xl border border-line bg-surface p-3 shadow-xs sm:mb-3 sm:p-4"
            >
              <Skeleton className="h-4 w-24" />
              <Skeleton className="mt-3 h-7 w-20" />
              <Skeleton className="mt-3 h-6 w-full" />
            </li>
          ))
        : undefined}
    </ul>
  );
}

type TileProps = { number: ReportNumber; picked: boolean; onPick: () => void; onOpen: () => void };

function Tile({ number, picked, onPick, onOpen }: TileProps) {
  const { name, definition, unit, rows, total } = number;
  return (
    <li
      className={cn(
        "relative row-span-4 mb-2 grid min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-subgrid rounded-xl border bg-surface p-3 shadow-xs transition-colors sm:mb-3 sm:p-4",
        picked ? "border-accent" : "border-line hover:border-line-strong",
      )}
    >
      <div className="flex items-start justify-between gap-1">
        <h2 className="text-ink-2 text-sm leading-5">
          {/* The whole tile is the press; what stands on it above lies in front of it. */}
          <button
            type="button"
            aria-pressed={picked}
            onClick={onPick}
            className="text-start after:absolute after:inset-0 after:rounded-xl"
          >
            {name}
          </button>
        </h2>
        <span className="-me-1.5 -mt-0.5 relative z-10">
          <DefinitionMark name={name} definition={definition} />
        </span>
      </div>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
        <button
          type="button"
          onClick={onOpen}
          disabled={total.rows === 0}
          aria-label={`${valueWords(total.value, unit)}: show the ${total.rows} ${rows}`}
          className="relative z-10 rounded-sm font-semibold text-ink text-xl tabular-nums tracking-tight underline-offset-4 enabled:hover:underline"
        >
          {valueWords(total.value, unit)}
        </button>
        <ChangeMark number={number} />
      </p>
      <p className="min-h-4 text-ink-3 text-xs">
        {unit === "duration" ? `Median · 90% within ${valueWords(total.p90, unit)}` : undefined}
        {unit === "share" || unit === "score" ? `of ${total.rows.toLocaleString("en")} ${rows}` : undefined}
      </p>
      <div className="self-end pt-2">
        <Sparkline points={number.points} />
      </div>
    </li>
  );
}
