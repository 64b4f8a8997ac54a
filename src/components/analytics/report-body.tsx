"use client";

import { ChartColumn } from "lucide-react";
import { useState } from "react";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Dimension, NumberId, Point, Report, ReportNumber } from "#contracts/analytics";
import { BreakdownCard } from "./breakdown-card.tsx";
import { ChartCard } from "./chart-card.tsx";
import type { Picked } from "./data.ts";
import { HeatMap } from "./heat-map.tsx";
import { daysAfter, type Place } from "./place.ts";
import type { ReportShape } from "./reports.ts";
import { Tiles } from "./tiles.tsx";
import { longDate, rangeWords } from "./words.ts";

type Props = {
  place: Place;
  shape: ReportShape;
  report: Report | undefined;
  /** What is shown is of the range before, until the new one has come. */
  stale: boolean;
  onOpen: (picked: Picked) => void;
};

/** One report: its numbers, one of them over time and split into parts, and what else belongs to it. */
export function ReportBody({ place, shape, report, stale, onOpen }: Props) {
  const [chosen, setChosen] = useState<NumberId>();
  const [by, setBy] = useState<Dimension>("channel");
  const id = chosen ?? shape.numbers[0] ?? "conversations";
  const find = (wanted: NumberId) => report?.numbers.find((number) => number.id === wanted);
  const number = find(id);
  const inHours = shape.hours === undefined ? undefined : find(shape.hours);

  if (report?.numbers.every(({ total }) => total.rows === 0)) {
    return (
      <Card className="mt-4">
        <EmptyState icon={<ChartColumn />} title="Nothing in this range yet">
          {Object.keys(place.filters).length > 0
            ? "No conversation fits the range and what it is narrowed to. Try a longer range, or clear a filter."
            : "As soon as customers write, their conversations are counted here. Try a longer range to look back."}
        </EmptyState>
      </Card>
    );
  }

  function openPoint(drawn: ReportNumber, point: Point) {
    const last = place.by === "week" ? endOfWeek(point.from, place.to) : point.from;
    const words = last === point.from ? longDate(point.from) : rangeWords({ from: point.from, to: last });
    onOpen({ number: drawn.id, name: drawn.name, words, from: point.from, to: last });
  }

  return (
    <div
      className={cn("mt-4 flex flex-col gap-4 transition-opacity", stale && "opacity-60")}
      aria-busy={stale}
    >
      <Tiles
        numbers={report?.numbers}
        expected={shape.numbers.length}
        picked={id}
        onPick={setChosen}
        onOpen={(each) => onOpen({ number: each.id, name: each.name, words: rangeWords(place) })}
      />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[2fr_1fr]">
        <ChartCard number={number} by={place.by} onPick={(point) => number && openPoint(number, point)} />
        {number === undefined ? undefined : (
          <BreakdownCard
            place={place}
            number={number}
            by={by}
            choices={shape.splits}
            onSplit={setBy}
            onPick={onOpen}
          />
        )}
      </div>
      {report === undefined || shape.panels.length === 0 ? undefined : (
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
          {shape.panels.map((panel) => {
            const split = find(panel.number);
            if (split === undefined) return undefined;
            return (
              <BreakdownCard
                key={panel.title}
                place={place}
                number={split}
                by={panel.by}
                title={panel.title}
                onPick={onOpen}
              />
            );
          })}
        </div>
      )}
      {inHours === undefined ? undefined : <HeatMap place={place} number={inHours} onPick={onOpen} />}
    </div>
  );
}

/** The last day of a week that the range still holds; its first may be later than Monday. */
function endOfWeek(from: string, to: string): string {
  const weekday = (new Date(from).getUTCDay() + 6) % 7;
  const sunday = daysAfter(from, 6 - weekday);
  return sunday < to ? sunday : to;
}
