"use client";

import { AlarmClock, AlarmClockOff } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { fieldValue, snoozePresets, snoozeProblem } from "#components/inbox/snooze/presets.ts";
import { nearMoment } from "#components/inbox/times.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = {
  /** How many conversations are put aside. */
  count: number;
  /** Until when the one conversation is snoozed already. */
  snoozedUntil?: string | undefined;
  onSnooze: (until: Date) => void;
  onWake: () => void;
  onClose: () => void;
};

/** Puts conversations aside until a moment, or until the customer writes. */
export function SnoozeDialog({ count, snoozedUntil, onSnooze, onWake, onClose }: Props) {
  const [now] = useState(() => new Date());
  const presets = snoozePresets(now);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  function snooze(until: Date) {
    onSnooze(until);
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={count === 1 ? "Snooze" : `Snooze ${count} conversations`}
      description="It comes back then, or as soon as the customer writes."
      className="max-w-sm"
    >
      <div className="flex flex-col gap-3">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside. */}
        <div className="-mx-2 flex flex-col gap-px" onKeyDown={moveByArrows}>
          {presets.map(({ id, label, until }, index) => (
            <button
              key={id}
              type="button"
              // biome-ignore lint/a11y/noAutofocus: the first choice is what Enter takes.
              autoFocus={index === 0}
              onClick={() => snooze(until)}
              className="flex min-h-9 items-center gap-2.5 rounded-md px-2 text-start text-sm outline-offset-[-2px] hover:bg-hover focus-visible:bg-hover"
            >
              <AlarmClock className="size-4 text-ink-3" aria-hidden />
              <span className="flex-1">{label}</span>
              <time dateTime={until.toISOString()} className="text-ink-3 text-xs tabular-nums">
                {nearMoment(until.toISOString(), now.getTime())}
              </time>
            </button>
          ))}
          {snoozedUntil ? (
            <button
              type="button"
              onClick={() => {
                onWake();
                onClose();
              }}
              className="flex min-h-9 items-center gap-2.5 rounded-md px-2 text-start text-sm outline-offset-[-2px] hover:bg-hover focus-visible:bg-hover"
            >
              <AlarmClockOff className="size-4 text-ink-3" aria-hidden />
              <span className="flex-1">Wake now</span>
              <span className="text-ink-3 text-xs">
                snoozed until {nearMoment(snoozedUntil, now.getTime())}
              </span>
            </button>
          ) : undefined}
        </div>
        <OwnMoment now={now} zone={zone} onChoose={snooze} />
      </div>
    </Dialog>
  );
}

type OwnProps = { now: Date; zone: string; onChoose: (until: Date) => void };

function OwnMoment({ now, zone, onChoose }: OwnProps) {
  const form = useId();
  const [value, setValue] = useState(() => fieldValue(new Date(now.getTime() + 24 * 60 * 60_000)));
  const [problem, setProblem] = useState<string>();

  function choose() {
    const until = new Date(value);
    const wrong = snoozeProblem(until, new Date());
    setProblem(wrong);
    if (wrong === undefined) onChoose(until);
  }

  return (
    <form
      id={form}
      noValidate
      className="flex items-end gap-2 border-line border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <Field
        label="Another day and time"
        description={`Times are in ${zone}.`}
        error={problem}
        className="flex-1"
      >
        <span className="flex gap-2">
          <Input
            type="datetime-local"
            aria-label="Another day and time"
            value={value}
            min={fieldValue(now)}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button type="submit">Snooze</Button>
        </span>
      </Field>
    </form>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button.contains(document.activeElement));
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
