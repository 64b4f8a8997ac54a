"use client";

import { Hand, type LucideIcon, Repeat2, Sparkles } from "lucide-react";
import { useId } from "react";
import { cn } from "#components/ui/cn.ts";
import type { RoutingMode } from "#contracts/desk";

type Props = { mode: RoutingMode; disabled: boolean; onChange: (mode: RoutingMode) => void };

const modes: { value: RoutingMode; icon: LucideIcon; title: string; text: string }[] = [
  {
    value: "manual",
    icon: Hand,
    title: "People claim",
    text: "Conversations wait in line and whoever is free takes one. Nothing is given to anybody.",
  },
  {
    value: "automatic",
    icon: Sparkles,
    title: "Given to who fits best",
    text: "The free operator with the right team, skills and language gets it at once. The chain is for what finds nobody.",
  },
  {
    value: "offer",
    icon: Repeat2,
    title: "Offered along a chain",
    text: "It is offered step by step, and whoever accepts first has it. Until then everybody can still claim it.",
  },
];

/** How conversations come to people: three ways, each in plain words. */
export function ModeChoice({ mode, disabled, onChange }: Props) {
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">How conversations come to people</legend>
      {modes.map(({ value, icon: Icon, title, text }) => (
        <label
          key={value}
          htmlFor={`${id}-${value}`}
          className={cn(
            "flex items-start gap-3 rounded-lg border px-3.5 py-3 transition-colors",
            disabled ? "cursor-not-allowed" : "cursor-pointer",
            mode === value ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong",
          )}
        >
          <input
            id={`${id}-${value}`}
            type="radio"
            name={id}
            aria-describedby={`${id}-${value}-text`}
            className="mt-0.5 size-4 shrink-0 accent-accent"
            checked={mode === value}
            disabled={disabled}
            onChange={() => onChange(value)}
          />
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-ink text-sm">{title}</span>
            <span id={`${id}-${value}-text`} className="mt-0.5 block text-ink-2 text-sm">
              {text}
            </span>
          </span>
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
        </label>
      ))}
    </fieldset>
  );
}
