import { Sparkles } from "lucide-react";
import Link from "next/link";
import { rowsHref } from "#components/analytics/rows-link.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TableHead } from "#components/ui/table-head.tsx";
import type { SuggestionUse as Use, UseReport } from "#contracts/copilot";

const columns = [
  { name: "Topic" },
  { name: "Replies", number: true },
  { name: "Used as is", number: true },
  { name: "Edited", number: true },
  { name: "Ignored", number: true },
  { name: "Acceptance", number: true },
] as const;

/** What became of the co-pilot's suggestions, topic by topic. */
export function SuggestionUse({ report, days }: { report: UseReport; days: number }) {
  const { total, topics } = report;
  return (
    <Card>
      <CardHeader
        title="What became of suggestions"
        description={`Replies of the last ${days} days that were sent while the co-pilot had suggestions for them. Acceptance is the share in which one lives on, as it was or edited.`}
      />
      {total.replies === 0 ? (
        <EmptyState icon={<Sparkles />} title="No replies with suggestions yet">
          Open a conversation and choose the Co-pilot tab beside it.
        </EmptyState>
      ) : (
        <section
          aria-label="Suggestions by topic"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
          tabIndex={0}
          className="overflow-x-auto outline-offset-[-2px]"
        >
          <table className="w-full text-sm">
            <TableHead columns={columns} cellClassName="whitespace-nowrap px-3 py-2 first:ps-5 last:pe-5" />
            <tbody className="divide-y divide-line">
              {topics.map(({ topic, ...use }) => (
                <Row key={topic} name={topic} topic={topic} use={use} />
              ))}
            </tbody>
            {topics.length > 1 ? (
              <tfoot className="border-line-strong border-t font-medium">
                <Row name="All topics" use={total} />
              </tfoot>
            ) : undefined}
          </table>
        </section>
      )}
    </Card>
  );
}

type RowProps = { name: string; topic?: string; use: Use };

function Row({ name, topic, use }: RowProps) {
  const { replies, used, edited, ignored, acceptance } = use;
  const share = acceptance === undefined ? "–" : `${Math.round(acceptance * 100)}%`;
  const outcome = (part: string) =>
    rowsHref("service", { number: "copilot_replies", split: "outcome", part, topic });
  const figures = [
    { words: replies, href: rowsHref("service", { number: "copilot_replies", topic }) },
    { words: used, href: outcome("used") },
    { words: edited, href: outcome("edited") },
    { words: ignored, href: outcome("ignored") },
    { words: share, href: rowsHref("service", { number: "copilot_accepted", topic }) },
  ];
  return (
    <tr>
      <th scope="row" dir="auto" className="max-w-56 truncate py-2.5 ps-5 pe-3 text-start font-medium">
        {name}
      </th>
      {figures.map(({ words, href }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place.
        <td key={index} className="px-3 py-2.5 text-end text-ink-2 tabular-nums last:pe-5">
          <Link href={href} className="rounded-sm underline-offset-4 hover:underline">
            {words}
          </Link>
        </td>
      ))}
    </tr>
  );
}
