"use client";

import { DoorClosed, DoorOpen } from "lucide-react";
import { useNow } from "#components/inbox/use-now.ts";
import { cn } from "#components/ui/cn.ts";
import type { Schedule } from "#contracts/office-hours";
import { openWords } from "./hours-words.ts";

/** Whether these hours are open now, and until when; it goes with the clock. */
export function OpenLine({ schedule, className }: { schedule: Schedule; className?: string }) {
  const now = useNow();
  if (now === 0) return undefined;
  const { open, words } = openWords(schedule, new Date(now));
  const Sign = open ? DoorOpen : DoorClosed;
  return (
    <span
      className={cn("inline-flex items-center gap-1.5", open ? "text-green-ink" : "text-ink-2", className)}
    >
      <Sign aria-hidden className="size-3.5 shrink-0" />
      {words}
    </span>
  );
}
