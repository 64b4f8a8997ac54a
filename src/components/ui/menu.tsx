"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn, type Styled } from "./cn.ts";
import { Keys } from "./kbd.tsx";

export const popupClass = cn(
  "max-h-(--available-height) min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-lg outline-none",
  "origin-(--transform-origin) transition-[opacity,scale] duration-100",
  "data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0",
);

const itemClass = cn(
  "flex cursor-default select-none items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none",
  "data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3",
);

type MenuProps = {
  trigger: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "left" | "right";
  align?: "start" | "center" | "end";
  /** Where focus goes when it closes, where that is not back to the button. */
  finalFocus?: () => HTMLElement | true;
  className?: string;
  children: ReactNode;
};

/** Choices that open from a press; `trigger` is the button. */
export function Menu({
  trigger,
  side = "bottom",
  align = "start",
  finalFocus,
  className,
  children,
}: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Base.Popup finalFocus={finalFocus} className={cn(popupClass, className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = Styled<typeof Base.Item> & { keys?: string; tone?: "plain" | "danger" };

/** One choice of a menu. */
export function MenuItem({ keys, tone = "plain", className, children, ...rest }: ItemProps) {
  return (
    <Base.Item
      {...rest}
      className={cn(itemClass, tone === "danger" && "text-red-ink [&_svg]:text-red-ink", className)}
    >
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      {keys ? <Keys keys={keys} /> : undefined}
    </Base.Item>
  );
}

/** A group of choices of which one holds. */
export function MenuRadioGroup(props: Styled<typeof Base.RadioGroup>) {
  return <Base.RadioGroup {...props} />;
}

export function MenuRadioItem({ className, children, ...rest }: Styled<typeof Base.RadioItem>) {
  return (
    <Base.RadioItem {...rest} className={cn(itemClass, className)}>
      <span className="flex min-w-0 flex-1 items-center gap-2">{children}</span>
      <Base.RadioItemIndicator>
        <Check aria-hidden />
      </Base.RadioItemIndicator>
    </Base.RadioItem>
  );
}

/** A quiet heading over a group of choices. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1.5 pb-1 font-medium text-ink-3 text-xs">{children}</div>;
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
