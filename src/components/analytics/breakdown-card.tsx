"use client";

import { Card } from "#components/ui/card.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Breakdown, BreakdownPart, Dimension, ReportNumber } from "#contracts/analytics";
import { type Picked, useBreakdown } from "./data.ts";
import type { Place } from "./place.ts";
import { dimensionNames, inSentence, partName, valueWords } from "./words.ts";

type Props = {
  place: Place;
  number: Pick<ReportNumber, "id" | "name" | "unit">;
  by: Dimension;
  title?: string | undefined;
  /** What else it can be split by. */
  choices?: Dimension[];
  onSplit?: (by: Dimension) => void;
  onPick: (picked: Picked) => void;
};

/** A number split into parts: a bar and a figure for each, and behind each its rows. */
export function BreakdownCard({ place, number, by, title, choices, onSplit, onPick }: Props) {
  const { data, isPlaceholderData, isError } = useBreakdown(place, number.id, by);
  return (
    <Card aria-label={title ?? `${number.name} by ${dimensionNames[by]}`} className="min-w-0">
      <header className="flex flex-wrap items-center justify-between gap-2 px-5 pt-4 pb-2">
        <div className="min-w-0">
          <h2 className="font-semibold text-base text-ink">{title ?? `By ${inSentence(by)}`}</h2>
          {title === undefined ? <p className="text-ink-3 text-xs">{number.name}</p> : undefined}
        </div>
        {choices === undefined ? undefined : (
          <Select
            aria-label="Split by"
            className="w-32"
            items={choices.map((value) => ({ value, label: dimensionNames[value] }))}
            value={by}
            onValueChange={(next) => onSplit?.(next)}
          />
        )}
      </header>
      <div className="px-3 pb-3" aria-busy={isPlaceholderData}>
        {data === undefined ? (
          <Waiting failed={isError} />
        ) : (
          <Parts data={data} number={number} by={by} onPick={onPick} />
        )}
      </div>
    </Card>
  );
}

function Waiting({ failed }: { failed: boolean }) {
  if (failed)
    return <p className="px-2 py-6 text-center text-ink-3 text-sm">This could not be read just now.</p>;
  return (
    <div className="flex flex-col gap-2 px-2 py-1">
      <Skeleton className="h-7 w-full" />
      <Skeleton className="h-7 w-4/5" />
      <Skeleton className="h-7 w-2/3" />
    </div>
  );
}

type PartsProps = { data: Breakdown; number: Props["number"]; by: Dimension; onPick: Props["onPick"] };

function Parts({ data, number, by, onPick }: PartsProps) {
  const parts = by === "score" ? data.parts.toSorted((a, b) => b.key.localeCompare(a.key)) : data.parts;
  // Ratings of four stars are no four: how many there are is what counts.
  const unit = by === "score" ? "count" : number.unit;
  const sizeOf = (part: BreakdownPart) => (by === "score" ? part.rows : (part.value ?? 0));
  const most = unit === "share" ? 1 : Math.max(...parts.map(sizeOf), 0);
  if (parts.length === 0)
    return <p className="px-2 py-6 text-center text-ink-3 text-sm">Nothing of this happened in the range.</p>;
  return (
    <>
      <ul>
        {parts.map((part) => {
          const name = partName(by, part.key, part.label);
          const words = valueWords(by === "score" ? part.rows : part.value, unit);
          return (
            <li key={part.key}>
              <button
                type="button"
                onClick={() =>
                  onPick({ number: number.id, name: number.name, words: name, by, part: part.key })
                }
                className="group relative flex w-full items-center justify-between gap-3 rounded-md px-2 py-1.5 text-start text-sm"
              >
                <span
                  aria-hidden
                  className="absolute inset-y-0.5 start-0 rounded-md bg-accent-soft transition-[width] group-hover:bg-hover"
                  style={{ width: `${most === 0 ? 0 : Math.max(1, (sizeOf(part) / most) * 100)}%` }}
                />
                <span className="relative min-w-0 truncate text-ink">{name}</span>
                <span className="relative shrink-0 font-medium text-ink tabular-nums">
                  {words}
                  {unit === "count" ? undefined : (
                    <span className="ms-2 inline-block min-w-12 text-end font-normal text-ink-3 text-xs">
                      of {part.rows.toLocaleString("en")}
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {data.others > 0 ? (
        <p className="px-2 pt-1 text-ink-3 text-xs">and {data.others} smaller ones</p>
      ) : undefined}
    </>
  );
}
