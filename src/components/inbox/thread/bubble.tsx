"use client";

import { Ear, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { Markdown } from "#components/ui/markdown.tsx";
import type { Voice } from "./groups.ts";

const looks = {
  customer: "rounded-bl-sm bg-bubble text-ink",
  agent: "rounded-br-sm border border-accent/20 bg-accent-soft text-ink",
  operator: "rounded-br-sm bg-accent text-on-accent",
  note: "rounded-br-sm border border-note-line border-dashed bg-note text-ink",
  whisper: "rounded-br-sm border border-violet-ink/30 border-dashed bg-violet-soft text-ink",
};

type Props = { voice: Voice; text: string; last: boolean; faded?: boolean; children?: ReactNode };

/** What one voice said once. */
export function Bubble({ voice, text, last, faded, children }: Props) {
  const look = lookOf(voice);
  return (
    <div
      className={cn(
        "w-fit min-w-0 max-w-full rounded-2xl px-3.5 py-2 text-base",
        looks[look],
        !last && "rounded-2xl",
        faded && "opacity-65",
      )}
    >
      {voice.note ? <NoteSign whisper={voice.whisper === true} /> : undefined}
      {text ? <Markdown text={text} /> : undefined}
      {children}
    </div>
  );
}

function lookOf({ kind, note, whisper }: Voice): keyof typeof looks {
  if (whisper) return "whisper";
  return note ? "note" : kind;
}

function NoteSign({ whisper }: { whisper: boolean }) {
  const Icon = whisper ? Ear : Lock;
  return (
    <p
      className={cn(
        "mb-1 flex items-center gap-1 font-medium text-2xs",
        whisper ? "text-violet-ink" : "text-note-ink",
      )}
    >
      <Icon className="size-3" aria-hidden />
      {whisper ? "Whispered, the customer does not hear it" : "Internal note, the customer does not see it"}
    </p>
  );
}
