"use client";

import { useState } from "react";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type ClockUnit, clockUnit, unitSeconds } from "./clock.ts";

type Props = {
  label: string;
  seconds: number;
  disabled: boolean;
  onChange: (seconds: number) => void;
};

const units: { value: ClockUnit; label: string }[] = [
  { value: "seconds", label: "seconds" },
  { value: "minutes", label: "minutes" },
  { value: "hours", label: "hours" },
];

/** How long something takes; what is typed stays as typed until it is a number. */
export function ClockField({ label, seconds, disabled, onChange }: Props) {
  const [unit, setUnit] = useState<ClockUnit>(clockUnit(seconds));
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? String(seconds / unitSeconds[unit]);

  function put(text: string, by: ClockUnit) {
    const next = Math.round(Number(text) * unitSeconds[by]);
    if (text.trim() !== "" && next >= 0) onChange(next);
  }

  return (
    <span className="flex items-center gap-1.5">
      <Input
        type="number"
        inputMode="decimal"
        min={0}
        aria-label={`${label}, how many ${unit}`}
        className="w-20 tabular-nums"
        disabled={disabled}
        value={shown}
        onBlur={() => setTyped(undefined)}
        onChange={(event) => {
          setTyped(event.target.value);
          put(event.target.value, unit);
        }}
      />
      <Select
        aria-label={`${label}, unit`}
        className="w-28"
        items={units}
        disabled={disabled}
        value={unit}
        onValueChange={(next) => {
          setUnit(next);
          setTyped(undefined);
          put(shown, next);
        }}
      />
    </span>
  );
}
