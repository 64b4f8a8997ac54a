"use client";

import { ArrowDown, ArrowUp, Flag, Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ChainStep } from "#contracts/desk";
import { type Named, targetItems, targetOfValue, valueOfTarget } from "./chain-targets.ts";
import { chainTimes, clockWords } from "./clock.ts";
import { ClockField } from "./clock-field.tsx";

/** A step with what tells it from its neighbours while it is moved. */
export type KeyedStep = ChainStep & { key: number };

type Props = {
  steps: KeyedStep[];
  /** For how long nobody is told before the first step. */
  after: number;
  operators: Named[];
  teams: Named[];
  errorAt: (path: string) => string | undefined;
  disabled: boolean;
  onChange: (steps: KeyedStep[]) => void;
};

const most = 20;

/** Whom a conversation that nobody has is offered to, one after another, and for how long each. */
export function ChainEditor({ steps, after, operators, teams, errorAt, disabled, onChange }: Props) {
  const { begins, ends } = chainTimes(after, steps);
  const items = targetItems(operators, teams);

  function move(from: number, to: number) {
    const step = steps[from];
    if (step) onChange(steps.toSpliced(from, 1).toSpliced(to, 0, step));
  }

  return (
    <div className="flex flex-col gap-3">
      <ol aria-label="Steps of the chain" className="flex flex-col">
        {steps.map((step, index) => (
          <li key={step.key} className="relative flex gap-3 pb-3">
            <span aria-hidden className="absolute start-3 top-7 bottom-0 w-px bg-line" />
            <span className="z-1 mt-1 flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-2xs text-accent-ink tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
                <Select
                  aria-label={`Whom step ${index + 1} tells`}
                  className="w-52"
                  items={known(items, step)}
                  disabled={disabled}
                  value={valueOfTarget(step.to)}
                  onValueChange={(value) =>
                    onChange(steps.with(index, { ...step, to: targetOfValue(value) }))
                  }
                />
                <span className="text-ink-2 text-sm">for</span>
                <ClockField
                  label={`Step ${index + 1}`}
                  seconds={step.seconds}
                  disabled={disabled}
                  onChange={(seconds) => onChange(steps.with(index, { ...step, seconds }))}
                />
                {disabled ? undefined : (
                  <span className="ms-auto flex">
                    <IconButton
                      size="sm"
                      label={`Move step ${index + 1} up`}
                      icon={<ArrowUp aria-hidden />}
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                    />
                    <IconButton
                      size="sm"
                      label={`Move step ${index + 1} down`}
                      icon={<ArrowDown aria-hidden />}
                      disabled={index === steps.length - 1}
                      onClick={() => move(index, index + 1)}
                    />
                    <IconButton
                      size="sm"
                      label={`Remove step ${index + 1}`}
                      icon={<Trash2 aria-hidden />}
                      onClick={() => onChange(steps.toSpliced(index, 1))}
                    />
                  </span>
                )}
              </div>
              <p className="mt-1 text-ink-3 text-xs tabular-nums">{beginWords(begins[index] ?? 0)}</p>
              {errorAt(`chain.${index}`) ? <FieldError>{errorAt(`chain.${index}`)}</FieldError> : undefined}
            </div>
          </li>
        ))}
        <li className="flex items-start gap-3">
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-3"
          >
            <Flag className="size-3" />
          </span>
          <p className="pt-0.5 text-ink-2 text-sm">
            {steps.length === 0
              ? "No steps: it waits in line until somebody claims it."
              : `${clockWords(ends)} after a person was asked for, it waits in line for everybody.`}
          </p>
        </li>
      </ol>
      {disabled || steps.length >= most ? undefined : (
        <Button
          size="sm"
          className="self-start"
          onClick={() => onChange([...steps, { key: nextKey(steps), to: { kind: "operator" }, seconds: 60 }])}
        >
          <Plus aria-hidden />
          Add step
        </Button>
      )}
    </div>
  );
}

/** Who stands in a step and is gone has still to be seen there. */
function known(items: ReturnType<typeof targetItems>, { to }: ChainStep) {
  const value = valueOfTarget(to);
  if (items.some((item) => item.value === value)) return items;
  return [...items, { value, label: to.kind === "team" ? "A team that is gone" : "Somebody who is gone" }];
}

function nextKey(steps: KeyedStep[]): number {
  return Math.max(0, ...steps.map(({ key }) => key)) + 1;
}

function beginWords(seconds: number): string {
  return seconds === 0 ? "At once" : `After ${clockWords(seconds)}`;
}
