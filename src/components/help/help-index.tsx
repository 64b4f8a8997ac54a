import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { HelpFrame } from "./help-frame.tsx";

type Props = { companyId: string; company: string; articles: { id: string; slug: string; title: string }[] };

/** All published articles of a company. */
export function HelpIndex({ companyId, company, articles }: Props) {
  return (
    <HelpFrame company={company} companyId={companyId}>
      <h1 className="mb-6 font-semibold text-2xl tracking-tight">How can we help?</h1>
      {articles.length === 0 ? (
        <p className="text-ink-3">There are no articles yet.</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {articles.map((article) => (
            <li key={article.id}>
              <Link
                href={`/help/${companyId}/${article.slug}`}
                className="flex items-center justify-between gap-4 px-4 py-3.5 hover:bg-sunken"
              >
                {article.title}
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 rtl:rotate-180" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </HelpFrame>
  );
}
