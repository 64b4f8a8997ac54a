"use client";

import { BookOpen, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { List, ListRow } from "#components/ui/list.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ArticlePage, ArticleSummary } from "#contracts/knowledge";
import { callApi } from "./call-api.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { Day } from "./moment.tsx";

type Props = { page: ArticlePage; mayEdit: boolean };

/** The help articles, last changed first. */
export function ArticleList({ page, mayEdit }: Props) {
  const router = useRouter();
  const [later, setLater] = useState<{ articles: ArticleSummary[]; next: string | undefined }>();
  const [busy, setBusy] = useState(false);
  const articles = [...page.articles, ...(later?.articles ?? [])];
  const next = later === undefined ? page.next : later.next;

  async function more() {
    setBusy(true);
    const outcome = await callApi<ArticlePage>(
      "GET",
      `/api/admin/articles?cursor=${encodeURIComponent(next ?? "")}`,
    );
    setBusy(false);
    if (outcome.ok)
      setLater({ articles: [...(later?.articles ?? []), ...outcome.data.articles], next: outcome.data.next });
    else toast.error(outcome.message);
  }

  if (articles.length === 0) {
    return (
      <Card>
        <EmptyState icon={<BookOpen />} title="No articles yet">
          The AI agent answers from articles only. Write the first one, or import Markdown files.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <List>
        {articles.map((article) => (
          <ListRow
            key={article.id}
            title={
              <Link href={`/settings/articles/${article.id}`} className="underline-offset-4 hover:underline">
                {article.title}
              </Link>
            }
            description={
              <>
                Changed <Day value={article.updatedAt} /> · {article.language} · version {article.version}
              </>
            }
            meta={article.status === "draft" ? <Badge tone="amber">Draft</Badge> : undefined}
            actions={
              mayEdit ? (
                <ConfirmButton
                  trigger={<IconButton label={`Delete ${article.title}`} icon={<Trash2 aria-hidden />} />}
                  title={`Delete “${article.title}”?`}
                  action="Delete"
                  run={() => callApi("DELETE", `/api/admin/articles/${article.id}`)}
                  onDone={() => {
                    setLater(undefined);
                    router.refresh();
                  }}
                >
                  The agent stops answering from it at once. Answers given before keep their quotes.
                </ConfirmButton>
              ) : undefined
            }
          />
        ))}
      </List>
      {next === undefined ? undefined : (
        <div className="border-line border-t p-3 text-center">
          <Button variant="ghost" busy={busy} onClick={() => void more()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
