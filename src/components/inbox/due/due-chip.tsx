"use client";

import { AlarmClock, type LucideIcon, PauseCircle, Timer, TriangleAlert } from "lucide-react";
import { nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { Due } from "#contracts/attributes";
import { clockNames, type DueState, dueState } from "./due-state.ts";

const signs: Record<DueState["state"], { icon: LucideIcon; tone: "neutral" | "amber" | "red" }> = {
  running: { icon: Timer, tone: "neutral" },
  warning: { icon: AlarmClock, tone: "amber" },
  breached: { icon: TriangleAlert, tone: "red" },
  paused: { icon: PauseCircle, tone: "neutral" },
};

/** How long there is for what was promised: a sign, words, and only then a colour. `words` names the promise too. */
export function DueChip({ due, words }: { due: Due; words?: boolean }) {
  const now = useNow();
  if (now === 0) return undefined;
  const { state, short, sentence } = dueState(due, now, (moment) => nearMoment(moment, now));
  const { icon: Icon, tone } = signs[state];
  return (
    <Badge tone={tone} title={sentence} className="tabular-nums">
      <Icon aria-hidden />
      <span className="sr-only">{sentence}</span>
      <span aria-hidden>
        {words ? <span className="hidden @lg:inline">{clockNames[due.kind]} </span> : undefined}
        {short}
      </span>
    </Badge>
  );
}
