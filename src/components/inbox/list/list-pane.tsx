"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { CloudAlert, Hourglass, Inbox } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useRows } from "#components/inbox/data/queries.ts";
import { isWaiting } from "#components/inbox/data/rows.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { hrefOf, type Place } from "#components/inbox/use-place.ts";
import { emptyViews, viewNames } from "#components/inbox/words.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ConversationRow } from "#contracts/operator";
import { ListHead } from "./list-head.tsx";
import { Row } from "./row.tsx";

type Item =
  | { kind: "heading"; id: string; text: string; count?: number }
  | { kind: "row"; id: string; row: ConversationRow };

const heights = { heading: 32, row: 64 };

type Props = { place: Place; go: (to: Partial<Place>) => void };

/** The conversations of a view, live, as long as they are. */
export function ListPane({ place, go }: Props) {
  const { me } = useInbox();
  const list = useRows(place.view);
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const items = useMemo(() => itemsOf(rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[items[index]?.kind ?? "row"],
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    paddingEnd: 12,
  });
  const shown = virtual.getVirtualItems();

  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= items.length - 10) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length]);

  const selected = items.findIndex(({ id }) => id === place.conversationId);
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: "auto" });
  }, [selected, virtual]);

  return (
    <section aria-label={`Conversations: ${viewNames[place.view]}`} className="flex h-full min-h-0 flex-col">
      <ListHead place={place} go={go} />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-2" data-testid="list">
        {list.isPending ? <Loading /> : undefined}
        {list.isError && rows.length === 0 ? <Failed retry={() => list.refetch()} /> : undefined}
        {list.isSuccess && rows.length === 0 ? (
          <EmptyState className="h-full pb-24" icon={<Inbox />} title={emptyViews[place.view].title}>
            {emptyViews[place.view].text}
          </EmptyState>
        ) : undefined}
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start, size }) => {
            const item = items[index];
            if (!item) return undefined;
            return (
              <li
                key={key}
                aria-setsize={hasNextPage ? -1 : items.length}
                aria-posinset={index + 1}
                className={cn("absolute inset-x-0 top-0", item.kind === "row" && "py-px")}
                style={{ height: size, transform: `translateY(${start}px)` }}
              >
                {item.kind === "heading" ? (
                  <Heading {...item} />
                ) : (
                  <Row
                    row={item.row}
                    me={me.id}
                    href={hrefOf({ view: place.view, conversationId: item.id })}
                    selected={item.id === place.conversationId}
                    onOpen={(conversationId) => go({ conversationId })}
                  />
                )}
              </li>
            );
          })}
        </ul>
        {isFetchingNextPage ? <Skeleton className="mx-2 mb-4 h-12" /> : undefined}
      </div>
    </section>
  );
}

/** Who waits for a person stands above all others, under a heading of their own. */
function itemsOf(rows: ConversationRow[]): Item[] {
  const waiting = rows.filter(isWaiting);
  const others = rows.filter((row) => !isWaiting(row));
  const asItem = (row: ConversationRow): Item => ({ kind: "row", id: row.id, row });
  if (waiting.length === 0) return others.map(asItem);

  const first: Item = { kind: "heading", id: "waiting", text: "Waiting for a person", count: waiting.length };
  const rest: Item[] = others.length === 0 ? [] : [{ kind: "heading", id: "others", text: "Others" }];
  return [first, ...waiting.map(asItem), ...rest, ...others.map(asItem)];
}

function Heading({ id, text, count }: { id: string; text: string; count?: number }) {
  const waiting = id === "waiting";
  return (
    <h2
      className={cn(
        "flex h-full items-center gap-1.5 px-2.5 font-semibold text-2xs",
        waiting ? "text-amber-ink" : "text-ink-3",
      )}
    >
      {waiting ? <Hourglass className="size-3" aria-hidden /> : undefined}
      {text}
      {count === undefined ? undefined : <span className="tabular-nums">{count}</span>}
    </h2>
  );
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-1 pt-1">
      <span className="sr-only">Loading conversations</span>
      {["w-24", "w-32", "w-20", "w-28", "w-24", "w-36", "w-20"].map((width, index) => (
        <div key={`${width}${String(index)}`} className="flex h-16 items-center gap-3 px-2.5">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={cn("h-3", width)} />
            <Skeleton className="h-2.5 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Failed({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      className="h-full pb-24"
      icon={<CloudAlert />}
      title="The list did not load"
      action={<Button onClick={retry}>Try again</Button>}
    >
      The server did not answer. Nothing is lost.
    </EmptyState>
  );
}
