import type { ReactNode } from "react";

type Props = { title: ReactNode; description?: ReactNode; actions?: ReactNode };

/** The head of a page: its name, what it is for, what can be done here. */
export function PageHeader({ title, description, actions }: Props) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-4">
      <div className="min-w-0">
        <h1 className="font-semibold text-ink text-xl tracking-tight">{title}</h1>
        {description ? <p className="mt-1 max-w-prose text-ink-3 text-sm">{description}</p> : undefined}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : undefined}
    </header>
  );
}
