import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

/** Names and values under each other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-2 text-sm">{children}</dl>;
}

/** One value with its name. */
export function Fact({ name, wraps, children }: { name: ReactNode; wraps?: true; children: ReactNode }) {
  return (
    <>
      <dt className="min-w-0 break-words text-ink-3 leading-6">{name}</dt>
      <dd dir="auto" className={cn("min-w-0 text-ink leading-6", !wraps && "truncate")}>
        {children}
      </dd>
    </>
  );
}
