import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

/** A raised sheet that holds one subject. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section {...rest} className={cn("rounded-xl border border-line bg-surface shadow-xs", className)} />
  );
}

type HeaderProps = { title: ReactNode; description?: ReactNode; actions?: ReactNode };

export function CardHeader({ title, description, actions }: HeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-3 border-line border-b px-5 py-4">
      <div className="min-w-0">
        <h2 className="font-semibold text-base text-ink">{title}</h2>
        {description ? <p className="mt-0.5 text-ink-3 text-sm">{description}</p> : undefined}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : undefined}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cn("flex flex-col gap-4 px-5 py-4", className)} />;
}

/** The last line of a card: what to press when done. */
export function CardFooter({ className, ...rest }: ComponentProps<"footer">) {
  return (
    <footer
      {...rest}
      className={cn(
        "flex flex-wrap items-center justify-end gap-2 rounded-b-xl border-line border-t bg-canvas/60 px-5 py-3",
        className,
      )}
    />
  );
}
