"use client";

import { Phone } from "lucide-react";
import { callName, duration, endWords } from "#components/inbox/calls/call-words.ts";
import { clock } from "#components/inbox/times.ts";
import { type CallView, isLive } from "#contracts/calls";
import type { PracticeLine } from "#contracts/practice";
import { phoneWords } from "./number-words.ts";

type Props = { line: PracticeLine; calls: CallView[]; onDial: () => void };

const mostShown = 6;

/** The dialler of the customer's phone, with the company's number ready, and the calls there were. */
export function PhoneDial({ line, calls, onDial }: Props) {
  const ended = calls.filter(({ status }) => !isLive(status));
  const newest = ended.sort((a, b) => b.startedAt.localeCompare(a.startedAt)).slice(0, mostShown);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="flex flex-1 flex-col items-center justify-center gap-1 px-4 py-6">
        <p className="text-ink-3 text-xs">{line.agent.name} answers at</p>
        <p className="font-medium text-ink text-xl tabular-nums tracking-tight">
          <bdi>{phoneWords(line.number)}</bdi>
        </p>
        <button
          type="button"
          onClick={onDial}
          aria-label="Call"
          className="mt-6 flex size-16 items-center justify-center rounded-full bg-green-ink text-surface shadow-md transition-transform hover:scale-105 active:scale-95 motion-reduce:transform-none"
        >
          <Phone className="size-7 fill-current" aria-hidden />
        </button>
      </div>
      {newest.length > 0 ? (
        <ul aria-label="Recent calls" className="shrink-0 divide-y divide-line border-line border-t px-4">
          {newest.map((call) => {
            const direction = call.direction === "inbound" ? "outbound" : "inbound";
            return (
              <li key={call.id} className="flex items-baseline justify-between gap-2 py-2 text-xs">
                <span className="text-ink">{callName({ direction })}</span>
                <span className="text-ink-3 tabular-nums">
                  {endWords({ direction, status: call.status })?.words ?? duration(call.durationSeconds ?? 0)}
                  , {clock(call.startedAt)}
                </span>
              </li>
            );
          })}
        </ul>
      ) : undefined}
    </div>
  );
}
