"use client";

import { ChevronDown, MessageCircleQuestion, Split } from "lucide-react";
import { useState } from "react";
import { clock, fullMoment } from "#components/inbox/times.ts";
import { reasonNames } from "#components/inbox/words.ts";
import { cn } from "#components/ui/cn.ts";
import { plainText } from "#components/ui/markdown.tsx";
import type { EscalationView } from "#contracts/operator";
import { SourceChips } from "./answer-facts.tsx";

/** Where the packet would leave no room for the conversation, it begins folded. */
const small = "(max-width: 639px), (max-height: 619px)";

/** What the assistant hands over with a conversation, so that nobody asks twice. */
export function Packet({ escalation }: { escalation: EscalationView }) {
  const { packet, reason, createdAt, acceptedBy } = escalation;
  const [open, setOpen] = useState(() => acceptedBy === undefined && !window.matchMedia(small).matches);
  return (
    <section
      aria-label="Handover"
      className="flex max-h-[40%] shrink-0 flex-col border-line border-b text-sm"
      data-testid="packet"
    >
      <h2>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex w-full items-start gap-2.5 bg-amber-soft/70 px-4 py-2.5 text-start outline-offset-[-2px]"
        >
          <Split className="mt-0.5 size-4 shrink-0 text-amber-ink" aria-hidden />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline gap-x-2 font-semibold text-amber-ink text-xs">
              <span className="truncate">Handed over: {reasonNames[reason]}</span>
              <time
                dateTime={createdAt}
                title={fullMoment(createdAt)}
                className="min-w-0 truncate font-normal text-2xs"
              >
                {clock(createdAt)}
                {acceptedBy ? `, accepted by ${acceptedBy.name}` : ""}
              </time>
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
        <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 py-3 ps-10.5">
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
                    className="flex flex-col gap-1 border-line border-s-2 ps-2.5"
                  >
                    <p dir="auto" className="line-clamp-2 text-ink">
                      {question}
                    </p>
                    <p dir="auto" className="line-clamp-2 text-ink-3 text-xs">
                      {plainText(answer)}
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
        </div>
      ) : undefined}
    </section>
  );
}
