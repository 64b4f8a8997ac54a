import type { ReactNode } from "react";
import { BrandMark } from "#components/shell/brand.tsx";

type Props = {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
};

/** The one sheet of a page before sign-in. */
export function AuthCard({ title, description, footer, wide, children }: Props) {
  return (
    <main className="relative isolate grid min-h-dvh place-items-center overflow-hidden px-4 py-10">
      <div
        aria-hidden
        className="-z-10 absolute inset-0 bg-[radial-gradient(60rem_30rem_at_50%_-10rem,var(--accent-soft),transparent)]"
      />
      <div className={wide ? "w-full max-w-xl" : "w-full max-w-sm"}>
        <div className="mb-6 flex items-center justify-center gap-2.5">
          <BrandMark className="size-9" />
          <span className="font-semibold text-ink text-lg tracking-tight">Baton</span>
        </div>
        <div className="rounded-2xl border border-line bg-surface p-6 shadow-sm sm:p-8">
          <h1 className="text-balance font-semibold text-ink text-xl tracking-tight">{title}</h1>
          {description ? <p className="mt-1.5 text-pretty text-ink-2 text-sm">{description}</p> : undefined}
          <div className="mt-6 flex flex-col gap-4">{children}</div>
        </div>
        {footer ? (
          <div className="mt-4 text-balance text-center text-ink-3 text-xs">{footer}</div>
        ) : undefined}
      </div>
    </main>
  );
}
