"use client";

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { useStored } from "#components/inbox/use-stored.ts";
import { cn } from "#components/ui/cn.ts";

type Props = { id: string; title: string; children: ReactNode };

/** A part of the side pane that folds, and remembers it. */
export function Section({ id, title, children }: Props) {
  const [open, setOpen] = useStored(`section-${id}`, true);
  return (
    <section className="border-line border-b last:border-b-0">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-11 w-full items-center justify-between px-4 font-semibold text-sm outline-offset-[-2px]"
        >
          {title}
          <ChevronDown
            aria-hidden
            className={cn("size-4 text-ink-3 transition-transform", !open && "-rotate-90 rtl:rotate-90")}
          />
        </button>
      </h3>
      {open ? <div className="px-4 pb-4">{children}</div> : undefined}
    </section>
  );
}
