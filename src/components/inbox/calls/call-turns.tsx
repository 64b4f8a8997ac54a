"use client";

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import { duration } from "./call-words.ts";

type Props = { call: CallView; turns: MessageView[]; customer: string; agent: string };

/** As many turns as are read at one glance stand open. */
const fewTurns = 8;

/** The words of a call, each with who said it and when. */
export function CallTurns({ call, turns, customer, agent }: Props) {
  const id = useId();
  const [open, setOpen] = useState(turns.length <= fewTurns);
  return (
    <section aria-label="Transcript" className="border-line border-t">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-1.5 px-3.5 py-2 text-start font-medium text-ink-2 text-xs outline-offset-[-2px] hover:text-ink"
      >
        <ChevronDown
          aria-hidden
          className={cn("size-3.5 transition-transform", !open && "-rotate-90 rtl:rotate-90")}
        />
        Transcript
        <bdi className="font-normal text-ink-3">
          {turns.length} {turns.length === 1 ? "turn" : "turns"}
        </bdi>
      </button>
      <ol id={id} hidden={!open} className="flex flex-col gap-2.5 px-3.5 pt-0.5 pb-3">
        {turns.map((turn) => {
          const spokenByCustomer = turn.author.kind === "customer";
          return (
            <li
              key={turn.id}
              data-message={turn.id}
              className={cn(
                "border-s-2 ps-2.5 text-sm",
                spokenByCustomer ? "border-line-strong" : "border-accent/50",
              )}
            >
              <p className="flex items-baseline gap-1.5 text-2xs text-ink-3">
                <bdi className="min-w-0 truncate font-medium text-ink-2">
                  {spokenByCustomer ? customer : (turn.author.name ?? agent)}
                </bdi>
                <span className="tabular-nums">{at(call, turn)}</span>
              </p>
              <p dir="auto" className="whitespace-pre-line break-words text-ink">
                {turn.text}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** How far into the call something was said. */
function at({ answeredAt, startedAt }: CallView, { createdAt }: MessageView): string {
  return duration((Date.parse(createdAt) - Date.parse(answeredAt ?? startedAt)) / 1_000);
}
