"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Keys } from "./kbd.tsx";

export const TooltipProvider = Base.Provider;

type Props = {
  content: ReactNode;
  keys?: string | undefined;
  side?: "top" | "bottom" | "left" | "right" | undefined;
  children: ReactElement<Record<string, unknown>>;
};

/** Words beside a control while it is pointed at or focused; `keys` shows its shortcut. */
export function Tooltip({ content, keys, side = "top", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-72 items-center gap-2 rounded-md bg-[oklch(0.25_0.015_262)] px-2 py-1 text-xs text-white shadow-lg transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <span>{content}</span>
            {keys ? <Keys keys={keys} tone="dark" /> : undefined}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
