"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import { cn, type Styled } from "./cn.ts";

/** Pages that share one place; `value` names the one shown. */
export function Tabs({ className, ...rest }: Styled<typeof Base.Root>) {
  return <Base.Root {...rest} className={cn("flex min-h-0 flex-col", className)} />;
}

export function TabList({ className, children, ...rest }: Styled<typeof Base.List>) {
  return (
    <Base.List {...rest} className={cn("relative flex items-center gap-4 border-line border-b", className)}>
      {children}
      <Base.Indicator className="absolute bottom-[-1px] left-(--active-tab-left) h-0.5 w-(--active-tab-width) rounded-full bg-accent transition-[left,width] duration-150" />
    </Base.List>
  );
}

export function Tab({ className, ...rest }: Styled<typeof Base.Tab>) {
  return (
    <Base.Tab
      {...rest}
      className={cn(
        "inline-flex h-9 items-center gap-1.5 rounded-sm font-medium text-ink-3 text-sm transition-colors hover:text-ink data-active:text-ink",
        className,
      )}
    />
  );
}

export function TabPanel({ className, ...rest }: Styled<typeof Base.Panel>) {
  return <Base.Panel {...rest} className={cn("min-h-0 outline-none", className)} />;
}
