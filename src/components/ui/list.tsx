import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/** Things under each other, parted by a hair line; stands well inside a Card. */
export function List({ className, ...rest }: ComponentProps<"ul">) {
  return <ul {...rest} className={cn("divide-y divide-line", className)} />;
}

type RowProps = {
  leading?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

/** For a row with much to do: on a phone its facts and acts stand under its name, not beside it. */
export const stacksOnPhones =
  "max-sm:flex-wrap max-sm:[&>:nth-child(2)]:basis-2/3 max-sm:[&>:nth-child(3)]:ps-11";

/** One thing of a list: picture, name, a line about it, facts, and what can be done with it. */
export function ListRow({ leading, title, description, meta, actions, className }: RowProps) {
  return (
    <li className={cn("flex min-h-14 items-center gap-3 px-5 py-2.5", className)}>
      {leading}
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium text-ink text-sm">{title}</div>
        {description ? <div className="truncate text-ink-3 text-xs">{description}</div> : undefined}
      </div>
      {meta ? <div className="flex shrink-0 items-center gap-2 text-ink-3 text-xs">{meta}</div> : undefined}
      {actions ? <div className="flex shrink-0 items-center gap-1">{actions}</div> : undefined}
    </li>
  );
}
