"use client";

import { Info } from "lucide-react";
import { Popover } from "#components/ui/popover.tsx";

/** What a number means, one press away from it. */
export function DefinitionMark({ name, definition }: { name: string; definition: string }) {
  return (
    <Popover
      title={name}
      side="bottom"
      trigger={
        <button
          type="button"
          aria-label={`What “${name}” means`}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-full text-ink-3 hover:bg-hover hover:text-ink"
        >
          <Info className="size-3.5" aria-hidden />
        </button>
      }
    >
      <p className="text-ink-2 text-sm">{definition}</p>
    </Popover>
  );
}
