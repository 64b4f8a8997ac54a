"use client";

import { ListFilter } from "lucide-react";
import { usePast } from "#components/inbox/data/desk-queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import { fullMoment, nearMoment } from "#components/inbox/times.ts";
import { useMedia } from "#components/inbox/use-media.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { hrefOf, usePlace } from "#components/inbox/use-place.ts";
import { Button } from "#components/ui/button.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { plainText } from "#components/ui/markdown.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ConversationRow } from "#contracts/operator";

/** What the customer and the company said to each other before. */
export function Past({ conversationId, contactId }: { conversationId: string; contactId: string }) {
  const { data, isPending, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    usePast(conversationId);
  if (isPending) return <Skeleton className="h-14" />;
  if (isError) {
    return (
      <div className="text-ink-3 text-sm">
        Earlier conversations did not load.{" "}
        <Button variant="link" onClick={() => refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  const rows = data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return <p className="text-ink-3 text-sm">This is the customer's first conversation.</p>;
  return (
    <>
      <ul className="-mx-2 flex flex-col gap-px">
        {rows.map((row) => (
          <PastRow key={row.id} row={row} />
        ))}
      </ul>
      <div className="mt-1 flex flex-wrap gap-1">
        {hasNextPage ? (
          <Button size="sm" variant="ghost" busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Show more
          </Button>
        ) : undefined}
        <InTheList contactId={contactId} />
      </div>
    </>
  );
}

/** Has the list hold all conversations of this customer; the open one stays open where both have room. */
function InTheList({ contactId }: { contactId: string }) {
  const { go } = usePlace();
  const beside = useMedia("(min-width: 1024px)");
  const place = { view: "all", filters: { contactId }, mentions: false } as const;
  return (
    <Button
      size="sm"
      variant="ghost"
      onClick={() => go(beside ? place : { ...place, conversationId: undefined })}
    >
      <ListFilter aria-hidden />
      All in the list
    </Button>
  );
}

function PastRow({ row }: { row: ConversationRow }) {
  const { me, open } = useInbox();
  const now = useNow() || Date.now();
  return (
    <li>
      <a
        href={hrefOf({ view: "all", conversationId: row.id })}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open(row.id);
        }}
        className="flex flex-col gap-1 rounded-lg px-2 py-1.5 outline-offset-[-2px] hover:bg-hover/60"
      >
        <span className="flex items-center gap-2 text-2xs text-ink-3">
          <ChannelIcon channel={row.channel} className="size-3.5" />
          <span className="sr-only">{channelLabel(row.channel)}</span>
          <time dateTime={row.lastMessageAt} title={fullMoment(row.lastMessageAt)} className="tabular-nums">
            {nearMoment(row.lastMessageAt, now)}
          </time>
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {row.attributes.topic}
          </span>
          <StateBadge state={row.state} since={row.escalatedAt} me={me.id} />
        </span>
        <span dir="auto" className="line-clamp-2 text-ink-2 text-xs">
          {plainText(row.snippet) || "No messages"}
        </span>
      </a>
    </li>
  );
}
