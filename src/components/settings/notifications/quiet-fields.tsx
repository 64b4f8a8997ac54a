"use client";

import { useEffect, useState } from "react";
import { nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { QuietHours } from "#contracts/notifications";
import { quietUntil } from "#contracts/quiet-hours";
import { SwitchRow } from "./switch-row.tsx";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type Props = {
  quiet: QuietHours;
  errorAt: (path: string) => string | undefined;
  onChange: (quiet: QuietHours) => void;
  /** What is quiet then; alerts, where nothing is said. */
  text?: string;
  /** How it stands now, while it is quiet (with its end behind it) and otherwise. */
  states?: States;
};

type States = { quiet: string; open: string };

const ofAlerts = {
  text: "No sound, no desktop notification, no device. E-mails wait until they end; the list behind the bell goes on.",
  states: { quiet: "Quiet now", open: "Not quiet now: you are told at once." },
};

/** When nothing rings: each night, on some days, on the clock of one place. */
export function QuietFields({
  quiet,
  errorAt,
  onChange,
  text = ofAlerts.text,
  states = ofAlerts.states,
}: Props) {
  const zones = useZones();
  const change = (some: Partial<QuietHours>) => onChange({ ...quiet, ...some });
  return (
    <section aria-label="Quiet hours" className="flex flex-col gap-4 border-line border-t px-5 py-4">
      <SwitchRow title="Quiet hours" text={text}>
        <Switch
          checked={quiet.on}
          onCheckedChange={(on) =>
            // Whoever turns them on for the first time means the clock on their own wall.
            change({ on, ...(on && quiet.timeZone === "UTC" && zones.own !== "" && { timeZone: zones.own }) })
          }
        />
      </SwitchRow>
      {quiet.on ? (
        <>
          <div className="grid gap-4 sm:grid-cols-[8rem_8rem_1fr]">
            <Field label="From" error={errorAt("quiet.from")}>
              <Input
                type="time"
                value={quiet.from}
                onChange={(event) => change({ from: event.target.value })}
              />
            </Field>
            <Field label="To" error={errorAt("quiet.to")}>
              <Input type="time" value={quiet.to} onChange={(event) => change({ to: event.target.value })} />
            </Field>
            <Field label="Time zone" error={errorAt("quiet.timeZone")}>
              <Input
                list="time-zones"
                autoComplete="off"
                spellCheck={false}
                value={quiet.timeZone}
                onChange={(event) => change({ timeZone: event.target.value.trim() })}
              />
            </Field>
          </div>
          <datalist id="time-zones">
            {zones.all.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          {zones.own !== "" && zones.own !== quiet.timeZone ? (
            <Button
              variant="link"
              size="sm"
              className="self-start"
              onClick={() => change({ timeZone: zones.own })}
            >
              Use the zone of this computer: {zones.own}
            </Button>
          ) : undefined}
          <fieldset className="flex flex-col gap-1.5">
            <legend className="mb-1.5 font-medium text-ink text-sm">Quiet all day on</legend>
            <div className="flex flex-wrap gap-1.5">
              {days.map((name, index) => (
                <DayButton
                  key={name}
                  name={name}
                  pressed={quiet.days.includes(index + 1)}
                  onChange={(pressed) => change({ days: toggled(quiet.days, index + 1, pressed) })}
                />
              ))}
            </div>
            {errorAt("quiet.days") ? (
              <p role="alert" className="text-red-ink text-xs">
                {errorAt("quiet.days")}
              </p>
            ) : undefined}
          </fieldset>
          <Preview quiet={quiet} states={states} />
        </>
      ) : undefined}
    </section>
  );
}

type DayProps = { name: string; pressed: boolean; onChange: (pressed: boolean) => void };

function DayButton({ name, pressed, onChange }: DayProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onChange(!pressed)}
      className={cn(
        "h-8 min-w-12 rounded-md border px-2.5 font-medium text-xs transition-colors",
        pressed
          ? "border-accent/30 bg-accent-soft text-accent-ink"
          : "border-line-strong/80 bg-raised text-ink-2 hover:bg-hover",
      )}
    >
      {name}
    </button>
  );
}

function Preview({ quiet, states }: { quiet: QuietHours; states: States }) {
  const now = useNow();
  const parsed = QuietHours.safeParse(quiet);
  if (now === 0 || !parsed.success) return undefined;
  const until = quietUntil(parsed.data, new Date(now));
  return (
    <p role="status" className="text-ink-2 text-xs">
      {until === undefined ? states.open : `${states.quiet}, until ${nearMoment(until.toISOString(), now)}.`}
    </p>
  );
}

function toggled(all: number[], day: number, on: boolean): number[] {
  const others = all.filter((each) => each !== day);
  return on ? [...others, day].sort((a, b) => a - b) : others;
}

/** The zones that this browser knows, and its own; known once the page is alive. */
function useZones() {
  const [zones, setZones] = useState<{ all: string[]; own: string }>({ all: [], own: "" });
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setZones({ all: ["UTC", ...Intl.supportedValuesOf("timeZone")], own });
  }, []);
  return zones;
}
