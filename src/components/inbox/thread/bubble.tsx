"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import { Markdown } from "#components/ui/markdown.tsx";
import type { Voice } from "./groups.ts";

const looks = {
  customer: "rounded-bl-sm bg-bubble text-ink",
  agent: "rounded-br-sm border border-accent/20 bg-accent-soft text-ink",
  operator: "rounded-br-sm bg-accent text-on-accent",
  note: "rounded-br-sm border border-note-line border-dashed bg-note text-ink",
};

type Props = { voice: Voice; text: string; last: boolean; faded?: boolean; children?: ReactNode };

/** What one voice said once. */
export function Bubble({ voice, text, last, faded, children }: Props) {
  const look = voice.note ? "note" : voice.kind;
  return (
    <div
      className={cn(
        "w-fit min-w-0 max-w-full rounded-2xl px-3.5 py-2 text-base",
        looks[look],
        !last && "rounded-2xl",
        faded && "opacity-65",
      )}
    >
      {voice.note ? (
        <p className="mb-1 flex items-center gap-1 font-medium text-2xs text-note-ink">
          <Lock className="size-3" aria-hidden />
          Internal note, the customer does not see it
        </p>
      ) : undefined}
      {text ? <Markdown text={text} /> : undefined}
      {children}
    </div>
  );
}
