"use client";

import { useState } from "react";
import { useNow } from "#components/inbox/use-now.ts";
import { dayNames } from "#components/settings/hours/hours-words.ts";
import { TimeInput } from "#components/settings/hours/time-input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type Weekday, weekdays } from "#contracts/office-hours";
import { type Clock, dueOf, nextMoment, shortMoment } from "./due-example.ts";
import { type Targets, targetNames } from "./policy-words.ts";

type Props = { clock: Clock; targets: Targets };

/** What a promise means: for a message on such a day at such a time, when it is due. */
export function DuePreview({ clock, targets }: Props) {
  const now = useNow();
  const [day, setDay] = useState<Weekday>("friday");
  const [time, setTime] = useState("16:30");
  if (now === 0 || !/^\d\d:\d\d$/.test(time)) return undefined;
  const at = new Date(now);
  const asked = nextMoment(clock.timeZone, day, time, at);
  const lines = targetNames.flatMap(({ kind, preview }) => {
    const minutes = targets[kind];
    if (minutes === undefined) return [];
    const due = dueOf(clock, { day, time, minutes }, at);
    return [{ kind, preview, words: shortMoment(clock.timeZone, due, asked) }];
  });
  return (
    <section
      aria-label="An example"
      className="rounded-lg border border-line bg-canvas/60 px-3 py-2.5 text-sm"
    >
      <div className="flex flex-wrap items-center gap-1.5 text-ink-2">
        A message on
        <Select
          aria-label="Day of the example"
          className="w-32"
          items={weekdays.map((value) => ({ value, label: dayNames[value] }))}
          value={day}
          onValueChange={setDay}
        />
        at
        <TimeInput
          aria-label="Time of the example"
          value={time}
          onChange={(event) => setTime(event.target.value || "00:00")}
        />
      </div>
      <ul role="status" className="mt-2 flex flex-col gap-0.5">
        {lines.map(({ kind, preview, words }) => (
          <li key={kind}>
            {preview} <strong className="font-semibold tabular-nums">{words}</strong>
          </li>
        ))}
        {lines.length === 0 ? (
          <li className="text-ink-3">Promise something to see when it is due.</li>
        ) : undefined}
      </ul>
      <p className="mt-1 text-ink-3 text-xs">On the clock of {clock.timeZone.replaceAll("_", " ")}.</p>
    </section>
  );
}
