"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn.ts";
import { popupClass } from "./menu.tsx";

type Props = {
  trigger: ReactElement<Record<string, unknown>>;
  title?: ReactNode;
  side?: "top" | "bottom" | "left" | "right";
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
};

/** A small card that opens beside its trigger. */
export function Popover({ trigger, title, side = "top", align = "start", className, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Base.Popup className={cn(popupClass, "w-80 max-w-[calc(100vw-2rem)] p-3", className)}>
            {title ? <Base.Title className="mb-1 font-semibold text-sm">{title}</Base.Title> : undefined}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
