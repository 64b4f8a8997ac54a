"use client";

import { useNow } from "#components/inbox/use-now.ts";
import { shiftWords, timeThere } from "./time-there.ts";

/** What the clock of the customer's browser says now, and how far it is from the operator's own. */
export function LocalTime({ timeZone }: { timeZone: string }) {
  const now = useNow();
  return (
    <>
      <span className="tabular-nums">{timeThere(now, timeZone)}</span>
      <span title={timeZone} className="block text-ink-3 text-xs">
        {shiftWords(now, timeZone)}
      </span>
    </>
  );
}
