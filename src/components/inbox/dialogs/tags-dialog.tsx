"use client";

import { Check, Minus, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTags } from "#components/inbox/data/desk-queries.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { Word } from "#contracts/attributes";
import type { ConversationRow } from "#contracts/operator";

type Props = {
  /** The conversations whose tags are changed. */
  rows: ConversationRow[];
  onTag: (add: string[], remove: string[]) => void;
  onClose: () => void;
};

type Item = { tag: string; count: number; carried: "all" | "some" | "none"; fresh: boolean };

/** The tags of one conversation or of many: Enter puts one on, or takes it off. */
export function TagsDialog({ rows, onTag, onClose }: Props) {
  const [query, setQuery] = useState("");
  const asked = query.trim().toLowerCase();
  const found = useTags(useDeferredValue(asked)).data ?? [];
  const many = rows.length > 1;
  // By the words as they are now: who writes fast and presses Enter means these, and not what was found before.
  const items = itemsOf(rows, found, asked);

  function choose({ tag, carried }: Item) {
    if (carried === "all") onTag([], [tag]);
    else onTag([tag], []);
    setQuery("");
    if (many) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={many ? `Tags of ${rows.length} conversations` : "Tags"}
      description="Short words to find conversations by, for you and your colleagues."
      className="max-w-sm"
    >
      <SearchList
        label="Tag"
        placeholder="Find or make a tag…"
        query={query}
        onQuery={setQuery}
        items={items}
        keyOf={({ tag }) => tag}
        onChoose={choose}
        onEscape={onClose}
        className="max-h-72"
        empty={emptyWords(query)}
      >
        {(item) => <Line item={item} />}
      </SearchList>
    </Dialog>
  );
}

const signs = { all: Check, some: Minus, none: undefined };
const spoken = { all: "on", some: "on some", none: "off" };

function Line({ item: { tag, count, carried, fresh } }: { item: Item }) {
  const Sign = fresh ? Plus : signs[carried];
  return (
    <>
      <span className="flex size-4 shrink-0 items-center justify-center text-accent-ink">
        {Sign ? <Sign className="size-4" aria-hidden /> : undefined}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {fresh ? `Make “${tag}”` : tag}
      </span>
      {fresh ? undefined : (
        <>
          <span className="sr-only">{spoken[carried]}</span>
          <span className="text-ink-3 text-xs tabular-nums">{count === 0 ? "" : count}</span>
        </>
      )}
    </>
  );
}

/** Tags that are carried first, then the most used; and the words themselves, where they are no tag yet. */
function itemsOf(rows: ConversationRow[], found: { tag: string; count: number }[], asked: string): Item[] {
  const carriedBy = (tag: string) => rows.filter(({ attributes }) => attributes.tags.includes(tag)).length;
  const stateOf = (tag: string): Item["carried"] => {
    const count = carriedBy(tag);
    if (count === 0) return "none";
    return count === rows.length ? "all" : "some";
  };
  const own = [...new Set(rows.flatMap(({ attributes }) => attributes.tags))].filter((tag) =>
    tag.includes(asked),
  );
  const fitting = found.filter(({ tag }) => tag.includes(asked));
  const counts = new Map(fitting.map(({ tag, count }) => [tag, count]));
  const tags = [...new Set([...own, ...counts.keys()])].slice(0, 50);
  const items = tags.map((tag) => ({
    tag,
    count: counts.get(tag) ?? 0,
    carried: stateOf(tag),
    fresh: false,
  }));
  const word = Word.safeParse(asked);
  if (!word.success || tags.includes(word.data)) return items;
  return [...items, { tag: word.data, count: 0, carried: "none", fresh: true }];
}

function emptyWords(query: string): string {
  return query.trim() === "" ? "There are no tags yet. Write one." : "A tag has at most forty letters.";
}
