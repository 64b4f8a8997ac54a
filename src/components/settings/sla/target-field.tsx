"use client";

import { useId, useState } from "react";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { type Unit, unitMinutes, unitOf } from "./duration.ts";

type Props = {
  label: string;
  help: string;
  minutes: number | undefined;
  /** What is promised where somebody begins to promise it, in minutes. */
  usual: number;
  error: string | undefined;
  onChange: (minutes: number | undefined) => void;
};

const units: { value: Unit; label: string }[] = [
  { value: "minutes", label: "minutes" },
  { value: "hours", label: "hours" },
  { value: "days", label: "days of 24 h" },
];

/** One promise: whether it is given, and within how long it is kept. */
export function TargetField({ label, help, minutes, usual, error, onChange }: Props) {
  const id = useId();
  const [unit, setUnit] = useState<Unit>(unitOf(minutes ?? usual));
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (minutes === undefined ? "" : String(minutes / unitMinutes[unit]));

  function put(text: string, by: Unit) {
    const next = Math.round(Number(text) * unitMinutes[by]);
    if (text.trim() !== "" && next >= 1) onChange(next);
  }

  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Switch
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-help`}
          checked={minutes !== undefined}
          onCheckedChange={(on) => {
            setTyped(undefined);
            setUnit(unitOf(usual));
            onChange(on ? usual : undefined);
          }}
        />
        <div className="min-w-40 flex-1">
          <p id={`${id}-label`} className="font-medium text-sm">
            {label}
          </p>
          <p id={`${id}-help`} className="text-ink-3 text-xs">
            {help}
          </p>
        </div>
        {minutes === undefined ? undefined : (
          <div className="flex items-center gap-1.5">
            <span className="text-ink-2 text-sm">within</span>
            <Input
              type="number"
              inputMode="decimal"
              min={1}
              aria-label={`${label}, how many ${unit}`}
              aria-invalid={error ? true : undefined}
              className="w-20 tabular-nums"
              value={shown}
              onBlur={() => setTyped(undefined)}
              onChange={(event) => {
                setTyped(event.target.value);
                put(event.target.value, unit);
              }}
            />
            <Select
              aria-label={`${label}, unit`}
              className="w-32"
              items={units}
              value={unit}
              onValueChange={(next) => {
                setUnit(next);
                setTyped(undefined);
                put(shown, next);
              }}
            />
          </div>
        )}
      </div>
      {error ? <FieldError>{error}</FieldError> : undefined}
    </div>
  );
}
