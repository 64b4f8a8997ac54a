"use client";

import { Hourglass, Inbox } from "lucide-react";
import { useMemo } from "react";
import { BulkBar } from "#components/inbox/bulk/bulk-bar.tsx";
import { useSavedViews, useTeams } from "#components/inbox/data/desk-queries.ts";
import { useRows } from "#components/inbox/data/queries.ts";
import { isWaiting } from "#components/inbox/data/rows.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Desk } from "#components/inbox/use-desk.ts";
import { type Go, hrefOf, type Place } from "#components/inbox/use-place.ts";
import { placeName } from "#components/inbox/views/place-name.ts";
import { emptyViews } from "#components/inbox/words.ts";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ConversationRow } from "#contracts/operator";
import { FilterChips } from "./filters.tsx";
import { ListHead } from "./list-head.tsx";
import { Failed, Loading } from "./list-states.tsx";
import { MentionsList } from "./mentions-list.tsx";
import { Row } from "./row.tsx";
import { useListRef } from "./use-sort.ts";
import { VirtualList } from "./virtual-list.tsx";

type Item =
  | { kind: "heading"; id: string; text: string; count?: number }
  | { kind: "row"; id: string; row: ConversationRow };

const heights = { heading: 32, row: 64 };

type Props = { place: Place; go: Go; desk: Desk };

/** The conversations of a list, live, as long as they are; or the notes that name the operator. */
export function ListPane({ place, go, desk }: Props) {
  const { selection, commands, rows } = desk;
  const name = usePlaceName(place);
  return (
    <section aria-label={`Conversations: ${name}`} className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">{name}</h1>
      {selection.choosing ? (
        <BulkBar selection={selection} commands={commands} total={rows.length} />
      ) : (
        <ListHead place={place} go={go} name={name} desk={desk} />
      )}
      <FilterChips place={place} go={go} />
      {place.mentions ? <MentionsList place={place} go={go} /> : <Rows place={place} desk={desk} />}
    </section>
  );
}

function usePlaceName(place: Place): string {
  return placeName(place, useSavedViews().data ?? [], useTeams().data ?? []);
}

function Rows({ place, desk: { selection } }: Omit<Props, "go">) {
  const { me } = useInbox();
  const { conversationId } = place;
  const ref = useListRef(place);
  const list = useRows(ref);
  const { rows } = list;
  const items = useMemo(() => (ref.sort === "due" ? byPromise(rows) : itemsOf(rows)), [ref.sort, rows]);
  return (
    <VirtualList
      items={items}
      heightOf={({ kind }) => heights[kind]}
      pages={list}
      shown={conversationId}
      testId="list"
      className="min-h-0 flex-1 overflow-y-auto px-2"
      empty={<Empty place={place} list={list} />}
    >
      {(item) =>
        item.kind === "heading" ? (
          <Heading {...item} />
        ) : (
          <Row
            row={item.row}
            me={me.id}
            href={hrefOf({ ...place, conversationId: item.id })}
            selected={item.id === conversationId}
            chosen={selection.has(item.id)}
            choosing={selection.choosing}
            onChoose={({ ranged }) => (ranged ? selection.extend(item.id) : selection.toggle(item.id))}
          />
        )
      }
    </VirtualList>
  );
}

/** Who waits for a person stands above all others, under a heading of their own. */
function itemsOf(rows: ConversationRow[]): Item[] {
  const waiting = rows.filter(isWaiting);
  const others = rows.filter((row) => !isWaiting(row));
  if (waiting.length === 0) return others.map(asItem);

  const first: Item = { kind: "heading", id: "waiting", text: "Waiting for a person", count: waiting.length };
  const rest: Item[] = others.length === 0 ? [] : [{ kind: "heading", id: "others", text: "Others" }];
  return [first, ...waiting.map(asItem), ...rest, ...others.map(asItem)];
}

/** What was promised stands above what was not; who waits is told by each row. */
function byPromise(rows: ConversationRow[]): Item[] {
  const promised = rows.filter(({ attributes }) => attributes.due !== undefined);
  const others = rows.filter(({ attributes }) => attributes.due === undefined);
  return [
    ...(promised.length > 0 ? [{ kind: "heading", id: "promised", text: "Oldest SLA first" } as const] : []),
    ...promised.map(asItem),
    ...(others.length > 0 ? [{ kind: "heading", id: "unpromised", text: "No SLA clock" } as const] : []),
    ...others.map(asItem),
  ];
}

function asItem(row: ConversationRow): Item {
  return { kind: "row", id: row.id, row };
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

type EmptyProps = { place: Place; list: ReturnType<typeof useRows> };

function Empty({ place, list }: EmptyProps) {
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed retry={() => list.refetch()} />;
  const narrowed = Object.keys(place.filters).length > 0;
  const { title, text } = emptyViews[place.view];
  return (
    <EmptyState
      className="h-full pb-24"
      icon={<Inbox />}
      title={narrowed ? "Nothing fits these filters" : title}
    >
      {narrowed ? "Take one away to see more." : text}
    </EmptyState>
  );
}
