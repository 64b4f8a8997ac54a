import Link from "next/link";
import type { ReactNode } from "react";

/** The calm page around every article of a company's help centre. */
export function HelpFrame({
  company,
  companyId,
  children,
}: {
  company: string;
  companyId: string;
  children: ReactNode;
}) {
  return (
    <div className="min-h-dvh bg-canvas text-ink [overflow-wrap:anywhere]">
      <header className="border-line border-b">
        <div className="mx-auto flex max-w-2xl items-baseline justify-between gap-4 px-6 py-4">
          <Link href={`/help/${companyId}`} className="font-semibold">
            {company}
          </Link>
          <span className="shrink-0 text-ink-3 text-sm">Help centre</span>
        </div>
      </header>
      <main className="mx-auto max-w-2xl px-6 py-10">{children}</main>
    </div>
  );
}
