"use client";

import { CornerDownLeft, Replace, X } from "lucide-react";
import { SourceChips } from "#components/inbox/thread/answer-facts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import type { Suggestion } from "#contracts/copilot";
import type { Card } from "./cards.ts";
import { cardName, certainty } from "./words.ts";

type Props = {
  card: Card;
  /** Counted from 1, as its key is. */
  number: number;
  /** Nothing can be put into the reply while somebody else has the conversation. */
  writable: boolean;
  hasDraft: boolean;
  onUse: (card: Card, at: "cursor" | "all") => void;
  onDismiss: (card: Card) => void;
};

/** One reply that may be sent: its words, how sure it is, and where they come from. */
export function SuggestionCard({ card, number, writable, hasDraft, onUse, onDismiss }: Props) {
  const { text, suggestion } = card;
  const name = cardName(card);
  return (
    <li
      aria-busy={suggestion === undefined}
      className="animate-rise rounded-xl border border-line bg-raised shadow-xs"
    >
      <div className="flex items-center gap-2 border-line border-b px-3 py-1.5">
        <h4 className="min-w-0 truncate font-medium text-ink-2 text-xs">{name}</h4>
        <span className="flex flex-1 items-center pointer-coarse:invisible">
          <Keys keys={`⌥ ${number}`} />
        </span>
        {suggestion ? <Certainty suggestion={suggestion} /> : <Writing />}
      </div>
      <Markdown text={text} className="px-3 py-2.5 text-sm" />
      {suggestion ? (
        <>
          {suggestion.sources.length > 0 ? (
            <div className="flex flex-wrap gap-1 px-3 pb-2.5">
              <SourceChips sources={suggestion.sources} />
            </div>
          ) : undefined}
          <div className="flex items-center gap-1.5 px-3 pb-3">
            <Button
              size="sm"
              variant={number === 1 ? "primary" : "secondary"}
              disabled={!writable}
              aria-keyshortcuts={`Alt+${number}`}
              onClick={() => onUse(card, "cursor")}
            >
              <CornerDownLeft aria-hidden className="rtl:-scale-x-100" />
              Insert
            </Button>
            {hasDraft ? (
              <Button size="sm" disabled={!writable} onClick={() => onUse(card, "all")}>
                <Replace aria-hidden />
                Replace
              </Button>
            ) : undefined}
            <IconButton
              label={`Dismiss: ${name}`}
              size="sm"
              className="ms-auto"
              icon={<X aria-hidden />}
              onClick={() => onDismiss(card)}
            />
          </div>
        </>
      ) : undefined}
    </li>
  );
}

function Certainty({ suggestion: { confidence } }: { suggestion: Suggestion }) {
  return (
    <Badge tone={confidence < 0.5 ? "amber" : "neutral"} className="tabular-nums">
      <span className="sr-only">Confidence: </span>
      {certainty(confidence)} · {confidence.toFixed(2)}
    </Badge>
  );
}

function Writing() {
  return <span className="animate-pulse-soft text-2xs text-ink-3">Writing…</span>;
}
