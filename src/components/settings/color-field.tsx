"use client";

import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = { value: string; error: string | undefined; onChange: (value: string) => void };

const proposals = ["#1f5f54", "#1d4ed8", "#6d28d9", "#be185d", "#b45309", "#15803d", "#334155"];

/** The colour of the chat: a proposal, or any other. */
export function ColorField({ value, error, onChange }: Props) {
  const isColor = /^#[0-9a-fA-F]{6}$/.test(value);
  return (
    <Field
      label="Colour"
      description="Text on it turns black or white by itself, whichever reads better."
      error={error}
    >
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="color"
          aria-label="Pick a colour"
          value={isColor ? value : "#000000"}
          onChange={(event) => onChange(event.target.value)}
          className="size-8 cursor-pointer rounded-md border border-line-strong bg-surface p-0.5"
        />
        <Input className="w-28 font-mono" value={value} onChange={(event) => onChange(event.target.value)} />
        <div className="flex gap-1.5">
          {proposals.map((color) => (
            <button
              key={color}
              type="button"
              aria-label={`Use ${color}`}
              aria-pressed={color === value.toLowerCase()}
              onClick={() => onChange(color)}
              style={{ backgroundColor: color }}
              className="size-6 rounded-full border border-line aria-pressed:ring-2 aria-pressed:ring-accent aria-pressed:ring-offset-2 aria-pressed:ring-offset-surface"
            />
          ))}
        </div>
      </div>
    </Field>
  );
}
