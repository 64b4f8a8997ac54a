"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { LoaderCircle, Search } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useState } from "react";
import { useSearchHits } from "#components/inbox/data/desk-queries.ts";
import { VirtualList } from "#components/inbox/list/virtual-list.tsx";
import type { Go } from "#components/inbox/use-place.ts";
import { cn } from "#components/ui/cn.ts";
import { Keys } from "#components/ui/kbd.tsx";
import type { ContactHit, ConversationHit, SearchPage } from "#contracts/search";
import { ContactLine, ConversationLine } from "./hits.tsx";
import { Nothing, spoken } from "./nothing.tsx";

type Kind = SearchPage["kind"];
const kinds: { kind: Kind; label: string }[] = [
  { kind: "conversations", label: "Conversations" },
  { kind: "contacts", label: "Contacts" },
];

type Props = { go: Go; onClose: () => void };

/** Everything that was said, and everybody who said it, by its words. */
export function SearchDialog({ go, onClose }: Props) {
  const list = useId();
  const [query, setQuery] = useState("");
  const [kind, setKind] = useState<Kind>("conversations");
  const [active, setActive] = useState(0);
  const q = useDeferredValue(query.trim());
  const hits = useSearchHits({ q, kind });
  const items = q === "" ? [] : itemsOf(hits.data?.pages ?? [], kind);
  const at = Math.min(active, items.length - 1);
  const stale = q !== query.trim() || hits.isPlaceholderData || (q !== "" && hits.isPending);
  const [awaited, setAwaited] = useState(false);

  // Enter that was faster than the server means what the server then finds first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer is there.
  useEffect(() => {
    if (!awaited || stale) return;
    setAwaited(false);
    choose(items[0]);
  }, [awaited, stale]);

  function choose(item: Item | undefined) {
    if (!item) return;
    if (item.hit.kind === "conversations") {
      onClose();
      return go({ conversationId: item.id });
    }
    // Of somebody who was found, what there is to see is their conversations.
    const { email, name } = item.hit.of.contact;
    setKind("conversations");
    setQuery(email ?? name);
    setActive(0);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) setActive((at + step + items.length) % items.length);
    else if (event.key === "Enter" && stale) setAwaited(true);
    else if (event.key === "Enter") choose(items[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-starting-style:opacity-0" />
        <Base.Popup
          aria-label="Search"
          className="-translate-x-1/2 fixed top-[8dvh] left-1/2 z-40 flex h-[min(36rem,80dvh)] w-[min(44rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-lg outline-none transition-[opacity,scale] duration-100 data-starting-style:scale-98 data-starting-style:opacity-0"
        >
          <div className="flex items-center gap-2.5 border-line border-b px-4">
            <Search className="size-4 shrink-0 text-ink-3" aria-hidden />
            <input
              type="text"
              role="combobox"
              dir="auto"
              // biome-ignore lint/a11y/noAutofocus: it was just asked for.
              autoFocus
              value={query}
              maxLength={200}
              aria-label="Search conversations and contacts"
              placeholder="Search conversations and contacts…"
              aria-expanded={items.length > 0}
              aria-controls={items.length > 0 ? list : undefined}
              aria-activedescendant={items.length > 0 ? `${list}-${at}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setActive(0);
                setQuery(event.target.value);
              }}
              onKeyDown={onKeyDown}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
            />
            {hits.isFetching && q !== "" ? (
              <LoaderCircle className="size-4 animate-spin text-ink-3" aria-hidden />
            ) : undefined}
            <Keys keys="Esc" />
          </div>
          <fieldset aria-label="What to search" className="flex gap-1 px-3 py-2">
            {kinds.map((each) => (
              <button
                key={each.kind}
                type="button"
                aria-pressed={kind === each.kind}
                onClick={() => {
                  setKind(each.kind);
                  setActive(0);
                }}
                className={cn(
                  "h-7 rounded-md px-2.5 text-xs",
                  kind === each.kind
                    ? "bg-hover font-semibold text-ink"
                    : "font-medium text-ink-2 hover:bg-hover/60",
                )}
              >
                {each.label}
              </button>
            ))}
          </fieldset>
          <p role="status" className="sr-only">
            {spoken(q, hits.isFetching, items.length, hits.hasNextPage)}
          </p>
          <VirtualList
            listbox={{ id: list, label: "Found" }}
            items={items}
            heightOf={() => (kind === "contacts" ? 52 : 68)}
            pages={hits}
            shown={items[at]?.id}
            className="min-h-0 flex-1 overflow-y-auto px-1.5"
            empty={
              <Nothing q={q} pending={hits.isPending} error={hits.error} retry={() => void hits.refetch()} />
            }
          >
            {(item, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the focus and hears the keys.
              <div
                id={`${list}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onPointerMove={() => setActive(index)}
                onClick={() => choose(item)}
                className="flex h-full cursor-pointer items-center gap-3 rounded-lg px-2.5 outline-none aria-selected:bg-accent-soft"
              >
                {item.hit.kind === "contacts" ? (
                  <ContactLine hit={item.hit.of} />
                ) : (
                  <ConversationLine hit={item.hit.of} />
                )}
              </div>
            )}
          </VirtualList>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

type Item = {
  id: string;
  hit: { kind: "conversations"; of: ConversationHit } | { kind: "contacts"; of: ContactHit };
};

/** What was found of one kind, each once; what still stands of the other kind is not it. */
function itemsOf(pages: SearchPage[], kind: Kind): Item[] {
  const found = pages.flatMap((page): Item[] => {
    if (page.kind !== kind) return [];
    if (page.kind === "contacts")
      return page.hits.map((of) => ({ id: of.contact.id, hit: { kind: "contacts", of } }));
    return page.hits.map((of) => ({ id: of.row.id, hit: { kind: "conversations", of } }));
  });
  return [...new Map(found.map((item) => [item.id, item])).values()];
}
