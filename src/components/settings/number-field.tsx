"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  disabled: boolean;
  onChange: (value: number) => void;
};

/** A number within bounds; what is typed stays as typed until it is a number. */
export function NumberField({ label, value, min, max, step, disabled, onChange }: Props) {
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? String(value);
  const wrong = !isGood(shown, min, max);
  return (
    <Field label={label} className="w-36" error={wrong ? `From ${min} to ${max}.` : undefined}>
      <Input
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        value={shown}
        onBlur={() => setTyped(undefined)}
        onChange={(event) => {
          setTyped(event.target.value);
          if (isGood(event.target.value, min, max)) onChange(Number(event.target.value));
        }}
      />
    </Field>
  );
}

function isGood(text: string, min: number, max: number): boolean {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) && number >= min && number <= max;
}
