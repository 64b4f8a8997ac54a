import type { ReactNode } from "react";
import { cn } from "./cn.ts";

type Props = {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** What a place says while nothing is in it: what it is, and what to do. */
export function EmptyState({ icon, title, children, action, className }: Props) {
  return (
    <div className={cn("flex flex-col items-center justify-center px-6 py-12 text-center", className)}>
      {icon ? (
        <span
          aria-hidden
          className="mb-4 flex size-12 items-center justify-center rounded-2xl border border-line bg-surface text-ink-3 shadow-xs [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : undefined}
      <p className="font-semibold text-base text-ink">{title}</p>
      {children ? <div className="mt-1 max-w-xs text-balance text-ink-3 text-sm">{children}</div> : undefined}
      {action ? <div className="mt-4">{action}</div> : undefined}
    </div>
  );
}
