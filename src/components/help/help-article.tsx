import Link from "next/link";
import { Markdown } from "#components/ui/markdown.tsx";
import { HelpFrame } from "./help-frame.tsx";

type Article = { id: string; slug: string; title: string };
type Page = {
  company: string;
  article: { title: string; language: string; updatedAt: string };
  sections: { heading: string; anchor: string; text: string }[];
  others: Article[];
};

/** An article of the help centre, in the sections that sources point to. */
export function HelpArticle({ companyId, page }: { companyId: string; page: Page }) {
  const { article, sections, others } = page;
  return (
    <HelpFrame company={page.company} companyId={companyId}>
      <article lang={article.language} className="flex flex-col gap-8">
        <header className="flex flex-col gap-2">
          <h1 className="text-balance font-semibold text-2xl tracking-tight">{article.title}</h1>
          <p className="text-ink-3 text-sm">
            Updated{" "}
            <time dateTime={article.updatedAt}>
              {new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(
                new Date(article.updatedAt),
              )}
            </time>
          </p>
        </header>
        {sections.map((section) => (
          <section
            key={section.anchor}
            id={section.anchor === "" ? undefined : section.anchor}
            className="-mx-4 flex scroll-mt-6 flex-col gap-3 rounded-xl px-4 py-2 leading-7 target:bg-accent-soft"
          >
            {section.heading === "" ? null : <h2 className="font-semibold text-lg">{section.heading}</h2>}
            <Markdown text={section.text} className="gap-3" />
          </section>
        ))}
      </article>
      <nav aria-label="More articles" className="mt-12 border-line border-t pt-6">
        <h2 className="mb-3 font-semibold text-ink-3 text-sm">More articles</h2>
        <ul className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
          {others.slice(0, 8).map((other) => (
            <li key={other.id}>
              <Link
                className="text-sm underline-offset-4 hover:underline"
                href={`/help/${companyId}/${other.slug}`}
              >
                {other.title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </HelpFrame>
  );
}
