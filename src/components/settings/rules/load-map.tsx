"use client";

import { useState } from "react";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Select } from "#components/ui/select.tsx";
import type { BacktestReport, HourLoad } from "#contracts/backtests";

type Load = BacktestReport["load"];
type Shown = "after" | "before" | "difference";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const shownWords: { value: Shown; label: string }[] = [
  { value: "after", label: "With the draft" },
  { value: "before", label: "Before" },
  { value: "difference", label: "Difference" },
];

/** How many would have been called to the queue in each hour of an average week, against who was there. */
export function LoadMap({ load }: { load: Load }) {
  const [shown, setShown] = useState<Shown>("after");
  const value = (hour: HourLoad) =>
    (shown === "difference" ? hour.after - hour.before : hour[shown]) / load.weeks;
  const most = Math.max(0.001, ...load.hours.map((hour) => Math.abs(value(hour))));
  const staffing =
    load.staffing === "active" ? "people who answered in it" : "all members, since nobody has answered yet";
  return (
    <Card>
      <CardHeader
        title="Load on the queue, hour by hour"
        description={`Calls in an average week, ${load.timeZone} time. The small number is staffing: ${staffing}.`}
        actions={
          <Select
            aria-label="What is shown"
            className="w-40"
            items={shownWords}
            value={shown}
            onValueChange={setShown}
          />
        }
      />
      <CardBody>
        <section
          aria-label="Load by hour of the week"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard.
          tabIndex={0}
          className="overflow-x-auto"
        >
          <table className="w-full min-w-[40rem] table-fixed border-separate border-spacing-0.5 text-2xs">
            <thead>
              <tr>
                <td className="w-9" />
                {Array.from({ length: 24 }, (_, hour) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number.
                  <th key={hour} scope="col" className="font-normal text-ink-3 tabular-nums">
                    {hour}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((name, day) => (
                <tr key={name}>
                  <th scope="row" className="pe-1 text-end font-normal text-ink-3">
                    <abbr title={name} className="no-underline">
                      {name.slice(0, 3)}
                    </abbr>
                  </th>
                  {load.hours.slice(day * 24, day * 24 + 24).map((hour) => (
                    <Cell
                      key={hour.hour}
                      hour={hour}
                      value={value(hour)}
                      share={Math.abs(value(hour)) / most}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </CardBody>
    </Card>
  );
}

function Cell({ hour, value, share }: { hour: HourLoad; value: number; share: number }) {
  const strong = share > 0.55;
  return (
    <td
      className={cn(
        "relative h-8 rounded-sm text-center align-middle tabular-nums",
        strong ? "text-on-accent" : "text-ink-2",
      )}
      style={{
        background: `color-mix(in oklab, var(--color-accent) ${Math.round(share * 100)}%, var(--color-sunken))`,
      }}
    >
      {value === 0 ? <span className="sr-only">0</span> : short(value)}
      <span className={cn("block text-[0.5625rem] leading-none", strong ? "text-on-accent" : "text-ink-3")}>
        <span className="sr-only">, staffing </span>
        {hour.staff === 0 ? "–" : short(hour.staff)}
      </span>
    </td>
  );
}

function short(value: number): string {
  const rounded = Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
  return String(rounded).replace("-", "−");
}
