"use client";

import { useId } from "react";
import { Switch } from "#components/ui/switch.tsx";
import { ClockField } from "./clock-field.tsx";

type Props = {
  title: string;
  text: string;
  /** `null` where it is off. */
  seconds: number | null;
  /** What it begins with when it is switched on. */
  usual: number;
  error: string | undefined;
  disabled: boolean;
  onChange: (seconds: number | null) => void;
};

/** Something that happens after a while, or never. */
export function TimedSwitch({ title, text, seconds, usual, error, disabled, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-56 flex-1">
        <p id={`${id}-title`} className="font-medium text-sm">
          {title}
        </p>
        <p id={`${id}-text`} className="text-ink-3 text-xs">
          {text}
        </p>
        {error ? (
          <p role="alert" className="text-red-ink text-xs">
            {error}
          </p>
        ) : undefined}
      </div>
      {seconds === null ? undefined : (
        <ClockField label={title} seconds={seconds} disabled={disabled} onChange={onChange} />
      )}
      <Switch
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        checked={seconds !== null}
        disabled={disabled}
        onCheckedChange={(on) => onChange(on ? usual : null)}
      />
    </div>
  );
}
