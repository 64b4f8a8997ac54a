"use client";

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { Point, ReportNumber, Target } from "#contracts/analytics";
import { durationTicks } from "./ticks.ts";
import { longDate, markWords, shortDate, valueWords } from "./words.ts";

export type Drawn = { number: ReportNumber; onPick: (point: Point) => void };

type Mark = Point & { before: number | undefined; beforeFrom: string | undefined };

const quiet = { fontSize: 11, fill: "var(--ink-3)" };

/** A number over its range: bars where things are counted, a line where they are measured, and dashed the range before. */
export function NumberChart({ number, onPick }: Drawn) {
  const { unit, points, previousPoints, name, total } = number;
  const marks: Mark[] = points.map((point, at) => ({
    ...point,
    before: previousPoints?.[at]?.value,
    beforeFrom: previousPoints?.[at]?.from,
  }));
  const counted = unit === "count";
  const targets = targetsInSight(number);
  const drawn = [
    ...marks.flatMap(({ value, before }) => [value ?? 0, before ?? 0]),
    ...targets.map(({ value }) => value),
  ];
  const ticks = unit === "duration" ? durationTicks(Math.max(...drawn)) : undefined;
  const top = unit === "share" && targets.length > 0 ? 1 : ticks?.at(-1);
  return (
    <ResponsiveContainer width="100%" height={260}>
      <ComposedChart
        data={marks}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        title={name}
        onClick={({ activeTooltipIndex }) => {
          const mark = marks[Number(activeTooltipIndex)];
          if (mark !== undefined && mark.rows > 0) onPick(mark);
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="from"
          tickFormatter={shortDate}
          tick={quiet}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={24}
        />
        <YAxis
          tickFormatter={(value: number) => markWords(value, unit)}
          tick={quiet}
          tickLine={false}
          axisLine={false}
          width={56}
          allowDecimals={unit !== "count"}
          domain={unit === "score" ? [1, 5] : [0, top ?? "auto"]}
          ticks={ticks}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={counted ? { fill: "var(--hover)" } : { stroke: "var(--line-strong)" }}
          content={({ active, payload }) => {
            const mark = payload?.[0]?.payload as Mark | undefined;
            return active && mark !== undefined ? <Tip mark={mark} number={number} /> : null;
          }}
        />
        {unit === "duration" && total.value !== undefined ? (
          <ReferenceLine y={total.value} stroke="var(--ink-3)" strokeDasharray="2 4" />
        ) : undefined}
        {targets.map(({ value }) => (
          <ReferenceLine
            key={value}
            y={value}
            stroke="var(--amber)"
            strokeWidth={1.5}
            // The whole is a mark of the axis already.
            label={
              unit === "share"
                ? undefined
                : {
                    value: valueWords(value, unit),
                    position: "insideBottomRight",
                    fontSize: 11,
                    fill: "var(--ink-2)",
                  }
            }
          />
        ))}
        {counted ? (
          <Bar
            dataKey="value"
            // Lighter where the dashes of the range before run over it.
            fill={
              previousPoints === undefined
                ? "var(--accent)"
                : "color-mix(in oklab, var(--accent) 50%, var(--surface))"
            }
            radius={[3, 3, 0, 0]}
            maxBarSize={36}
            isAnimationActive={false}
          />
        ) : (
          <Line
            dataKey="value"
            type="linear"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={points.length > 62 ? false : { r: 2.5, fill: "var(--accent)", strokeWidth: 0 }}
            activeDot={{ r: 5, className: "cursor-pointer" }}
            connectNulls
            isAnimationActive={false}
          />
        )}
        {previousPoints === undefined ? undefined : (
          <Line
            dataKey="before"
            type="linear"
            stroke="var(--ink-2)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={false}
            activeDot={false}
            connectNulls
            isAnimationActive={false}
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** A promise far above all that was measured would press it flat: then the words above the chart are enough. */
function targetsInSight({ targets = [], points, unit }: ReportNumber): Target[] {
  if (unit === "share") return targets;
  const highest = Math.max(...points.map(({ value = 0 }) => value));
  return targets.filter(({ value }) => value <= highest * 4);
}

function Tip({ mark, number }: { mark: Mark; number: ReportNumber }) {
  const { unit, rows, name } = number;
  return (
    <div className="rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-lg">
      <p className="text-ink-3">{longDate(mark.from)}</p>
      <p className="mt-0.5 font-semibold text-ink text-sm tabular-nums">{valueWords(mark.value, unit)}</p>
      {unit === "duration" && mark.p90 !== undefined ? (
        <p className="text-ink-2 tabular-nums">90% within {valueWords(mark.p90, unit)}</p>
      ) : undefined}
      <p className="text-ink-3">{unit === "count" ? name : `${mark.rows.toLocaleString("en")} ${rows}`}</p>
      {mark.beforeFrom === undefined ? undefined : (
        <p className="mt-1 border-line border-t pt-1 text-ink-3 tabular-nums">
          {shortDate(mark.beforeFrom)}: {valueWords(mark.before, unit)}
        </p>
      )}
    </div>
  );
}
