"use client";

import { type ReactNode, useRef } from "react";
import { useInSight } from "#components/ui/use-in-sight.ts";

type Props = { label: string; current: string; children: ReactNode };

/** A row of tabs, which on a phone is wider than the screen: the current one is in sight. */
export function TabRow({ label, current, children }: Props) {
  const row = useRef<HTMLElement>(null);
  useInSight(row, "[aria-current]", current);
  return (
    <nav ref={row} aria-label={label} className="mb-5 overflow-x-auto border-line border-b">
      {children}
    </nav>
  );
}
