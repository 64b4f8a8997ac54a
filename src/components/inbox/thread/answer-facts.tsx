"use client";

import { ExternalLink, Gauge, OctagonX } from "lucide-react";
import { sourceName } from "#client/sources";
import { CorrectAnswer } from "#components/inbox/copilot/correct-answer.tsx";
import { cn } from "#components/ui/cn.ts";
import { plainText, safeHref } from "#components/ui/markdown.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { MessageView, Source } from "#contracts/conversation";

/** What an answer of the assistant rests on: its confidence and its sources, by number. */
export function AnswerFacts({ message }: { message: MessageView }) {
  const { answer, sources = [] } = message;
  return (
    <div className="flex max-w-full flex-wrap items-center justify-end gap-1 px-0.5">
      {answer?.outcome === "interrupted" || answer?.outcome === "stopped" ? (
        <span className="flex items-center gap-1 text-2xs text-amber-ink">
          <OctagonX className="size-3" aria-hidden />
          {answer.outcome === "stopped" ? "Stopped" : "Cut off"}
        </span>
      ) : undefined}
      <SourceChips sources={sources} />
      {answer?.confidence === undefined ? undefined : <Confidence value={answer.confidence} />}
      {answer ? <CorrectAnswer message={message} /> : undefined}
    </div>
  );
}

/** Sources as numbers that open to title, section and quote. */
export function SourceChips({ sources }: { sources: Source[] }) {
  return sources.map((source) => (
    <Popover
      key={source.number}
      title={source.title}
      trigger={
        <button
          type="button"
          className="flex h-6 max-w-44 items-center gap-1 rounded-full border border-line bg-surface ps-1 pe-2 text-2xs text-ink-2 transition-colors hover:border-line-strong hover:text-ink data-popup-open:border-accent"
        >
          <span className="sr-only">Source </span>
          <span className="flex size-4 items-center justify-center rounded-full bg-sunken font-semibold text-[0.625rem] tabular-nums">
            {source.number}
          </span>
          <span className="truncate">{sourceName(source, sources)}</span>
        </button>
      }
    >
      {source.section ? <p className="text-ink-3 text-xs">{source.section}</p> : undefined}
      {source.quote ? (
        <blockquote dir="auto" className="mt-2 border-accent/40 border-s-2 ps-2.5 text-ink-2 text-sm">
          {plainText(source.quote)}
        </blockquote>
      ) : undefined}
      {safeHref(source.url) ? (
        <a
          href={safeHref(source.url)}
          target="_blank"
          rel="noopener noreferrer"
          className="mt-2.5 inline-flex items-center gap-1 font-medium text-accent-ink text-xs hover:underline"
        >
          Open the article
          <ExternalLink className="size-3" aria-hidden />
        </a>
      ) : undefined}
    </Popover>
  ));
}

/** How sure the assistant was, as a word and a number. */
function Confidence({ value }: { value: number }) {
  const percent = Math.round(value * 100);
  const word = confidenceWord(value);
  return (
    <Tooltip content={`The assistant's confidence in this answer: ${word}`}>
      <span
        className={cn(
          "flex h-6 items-center gap-1 rounded-full px-1.5 text-2xs tabular-nums",
          value < 0.5 ? "text-amber-ink" : "text-ink-3",
        )}
      >
        <Gauge className="size-3" aria-hidden />
        {percent}% {word}
      </span>
    </Tooltip>
  );
}

function confidenceWord(value: number): string {
  if (value >= 0.75) return "sure";
  return value >= 0.5 ? "fairly sure" : "unsure";
}
