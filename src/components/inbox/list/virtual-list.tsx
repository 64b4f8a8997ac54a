"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

type Props<Item extends { id: string }> = {
  items: readonly Item[];
  heightOf: (item: Item) => number;
  pages: Pages;
  /** The one to keep in sight. */
  shown?: string | undefined;
  className?: string;
  testId?: string;
  /** Where the rows are options that a text field above chooses among. */
  listbox?: { id: string; label: string };
  /** What stands in place of the rows while there are none. */
  empty?: ReactNode;
  children: (item: Item, index: number) => ReactNode;
};

/** As many rows as there are, of which only those in sight are drawn; the next page comes before its reader does. */
export function VirtualList<Item extends { id: string }>(props: Props<Item>) {
  const { items, heightOf, pages, shown, className, testId, listbox, empty, children } = props;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const item = items[index];
      return item === undefined ? 0 : heightOf(item);
    },
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 8,
    paddingEnd: 12,
  });
  const inSight = virtual.getVirtualItems();

  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= items.length - 10) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, items.length]);

  const at = shown === undefined ? -1 : items.findIndex(({ id }) => id === shown);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);

  return (
    <div ref={scroller} className={className} data-testid={testId}>
      {items.length === 0 ? empty : undefined}
      <ul
        {...(listbox ? { id: listbox.id, role: "listbox", "aria-label": listbox.label } : {})}
        className="relative"
        style={{ height: items.length === 0 ? 0 : virtual.getTotalSize() }}
      >
        {inSight.map(({ index, key, start, size }) => {
          const item = items[index];
          if (item === undefined) return undefined;
          return (
            <li
              key={key}
              {...(listbox
                ? { role: "presentation" }
                : { "aria-setsize": hasNextPage ? -1 : items.length, "aria-posinset": index + 1 })}
              className="absolute inset-x-0 top-0 py-px"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {children(item, index)}
            </li>
          );
        })}
      </ul>
      {isFetchingNextPage ? <Skeleton className="mx-2 mb-4 h-12" /> : undefined}
    </div>
  );
}
