"use client";

import { ChevronDown, MessageCircleQuestion, Split } from "lucide-react";
import { useState } from "react";
import { fullMoment } from "#components/inbox/times.ts";
import { reasonNames } from "#components/inbox/words.ts";
import { cn } from "#components/ui/cn.ts";
import type { EscalationView } from "#contracts/operator";
import { SourceChips } from "./answer-facts.tsx";

/** What the assistant hands over with a conversation, so that nobody asks twice. */
export function Packet({ escalation }: { escalation: EscalationView }) {
  const { packet, reason, createdAt, acceptedBy } = escalation;
  const [open, setOpen] = useState(acceptedBy === undefined);
  return (
    <section
      aria-label="Handover"
      className="flex max-h-[42%] shrink-0 flex-col border-amber-line border-b bg-amber-soft/60 text-sm"
      data-testid="packet"
    >
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-start gap-2.5 px-4 py-2.5 text-start outline-offset-[-2px]"
        >
          <Split className="mt-0.5 size-4 shrink-0 text-amber-ink" aria-hidden />
          <span className="min-w-0 flex-1">
            <span className="block font-semibold text-amber-ink text-xs">
              Handed over: {reasonNames[reason]}
            </span>
            <span dir="auto" className="block text-ink">
              {packet.sentence}
            </span>
          </span>
          <ChevronDown
            className={cn("mt-0.5 size-4 shrink-0 text-ink-3 transition-transform", open && "rotate-180")}
            aria-hidden
          />
        </button>
      </h2>
      {open ? (
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-3 ps-10.5">
          <p dir="auto" className="text-ink-2">
            {packet.summary}
          </p>
          {packet.tried.length > 0 ? (
            <div>
              <h3 className="mb-1.5 font-semibold text-ink-2 text-xs">What the assistant tried</h3>
              <ol className="flex flex-col gap-2.5">
                {packet.tried.map(({ question, answer, sources }) => (
                  <li
                    key={`${question}${answer}`}
                    className="flex flex-col gap-1 border-amber-line border-s-2 ps-2.5"
                  >
                    <p dir="auto" className="line-clamp-2 text-ink">
                      {question}
                    </p>
                    <p dir="auto" className="line-clamp-2 text-ink-3 text-xs">
                      {answer}
                    </p>
                    {sources.length > 0 ? (
                      <div className="flex flex-wrap gap-1">
                        <SourceChips sources={sources} />
                      </div>
                    ) : undefined}
                  </li>
                ))}
              </ol>
            </div>
          ) : undefined}
          {packet.openQuestion ? (
            <p className="flex gap-1.5 text-ink">
              <MessageCircleQuestion className="mt-0.5 size-4 shrink-0 text-amber-ink" aria-hidden />
              <span dir="auto">
                <span className="font-semibold">Still open: </span>
                {packet.openQuestion}
              </span>
            </p>
          ) : undefined}
          <p className="text-2xs text-ink-3">
            {fullMoment(createdAt)}
            {acceptedBy ? `, accepted by ${acceptedBy.name}` : ""}
          </p>
        </div>
      ) : undefined}
    </section>
  );
}
