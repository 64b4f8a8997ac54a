"use client";

import { nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import type { QueueBoard } from "#contracts/desk";

/** Whether the company is open now, and until when on the reader's own clock. */
export function OpenLine({ hours }: { hours: NonNullable<QueueBoard["hours"]> }) {
  const now = useNow();
  const state = hours.open ? "Open now" : "Closed now";
  if (now === 0 || hours.changesAt === undefined) return state;
  return `${state} · ${hours.open ? "closes" : "opens"} ${nearMoment(hours.changesAt, now)}`;
}
