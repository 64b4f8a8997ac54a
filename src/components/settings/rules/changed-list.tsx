"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Minute } from "#components/settings/moment.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { ChannelIcon } from "#components/ui/channel-icon.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ChangedConversation, ChangedPage, ChangeKind } from "#contracts/backtests";

type Wanted = ChangeKind | "every";

const wantedWords: { value: Wanted; label: string }[] = [
  { value: "every", label: "All changes" },
  { value: "more", label: "Only with the draft" },
  { value: "fewer", label: "No longer" },
  { value: "earlier", label: "Earlier" },
  { value: "later", label: "Later" },
];

/** The conversations that the draft would have changed; each opens in the inbox. */
export function ChangedList({ backtestId, total }: { backtestId: string; total: number }) {
  const [wanted, setWanted] = useState<Wanted>("every");
  const { items, hasMore, busy, more } = useChanged(backtestId, wanted);
  return (
    <Card>
      <CardHeader
        title={
          total === 1
            ? "1 conversation would change"
            : `${total.toLocaleString("en")} conversations would change`
        }
        actions={
          <Select
            aria-label="Which changes"
            className="w-44"
            items={wantedWords}
            value={wanted}
            onValueChange={setWanted}
          />
        }
      />
      {items === undefined ? (
        <div className="px-5 py-4">
          <Skeleton className="h-24" />
        </div>
      ) : undefined}
      {items?.length === 0 ? <p className="px-5 py-4 text-ink-3 text-sm">None of this kind.</p> : undefined}
      <ul className="divide-y divide-line">
        {items?.map((one) => (
          <li key={one.conversationId}>
            <Link
              href={`/inbox/${one.conversationId}`}
              className="flex flex-col gap-1 px-5 py-3 hover:bg-hover"
            >
              <span className="flex flex-wrap items-center gap-2">
                <ChannelIcon channel={one.channel} />
                <span className="font-medium text-ink text-sm">{one.customer}</span>
                <Badge tone={one.kind === "fewer" ? "neutral" : "amber"}>{kindWords(one)}</Badge>
                {one.takenByHand ? <Badge tone="green">Taken by hand</Badge> : undefined}
                {one.lowRating ? <Badge tone="red">Rated low</Badge> : undefined}
                <span className="ms-auto text-ink-3 text-xs">
                  <Minute value={one.at} />
                </span>
              </span>
              <span dir="auto" className="line-clamp-2 text-ink-2 text-sm">
                {one.words}
              </span>
              <span className="text-ink-3 text-xs">{(one.after ?? one.before)?.sentence}</span>
            </Link>
          </li>
        ))}
      </ul>
      {hasMore ? (
        <div className="border-line border-t px-5 py-3">
          <Button busy={busy} onClick={() => void more()}>
            More
          </Button>
        </div>
      ) : undefined}
    </Card>
  );
}

function kindWords({ kind, turns }: ChangedConversation): string {
  if (kind === "more") return "Only with the draft";
  if (kind === "fewer") return "No longer";
  const count = Math.abs(turns ?? 0);
  return `${count === 1 ? "1 turn" : `${count} turns`} ${kind}`;
}

function useChanged(backtestId: string, wanted: Wanted) {
  const [page, setPage] = useState<ChangedPage>();
  const [busy, setBusy] = useState(false);
  const path = `/api/admin/rules/backtests/${backtestId}/conversations?limit=20${wanted === "every" ? "" : `&kind=${wanted}`}`;
  useEffect(() => {
    let left = false;
    setPage(undefined);
    void callApi<ChangedPage>("GET", path).then((outcome) => {
      if (left) return;
      if (outcome.ok) setPage(outcome.data);
      else toast.error(outcome.message);
    });
    return () => {
      left = true;
    };
  }, [path]);

  async function more() {
    setBusy(true);
    const outcome = await callApi<ChangedPage>(
      "GET",
      `${path}&cursor=${encodeURIComponent(page?.next ?? "")}`,
    );
    setBusy(false);
    if (!outcome.ok) {
      toast.error(outcome.message);
      return;
    }
    const { conversations, next } = outcome.data;
    setPage({ conversations: [...(page?.conversations ?? []), ...conversations], next });
  }

  return { items: page?.conversations, hasMore: page?.next !== undefined, busy, more };
}
