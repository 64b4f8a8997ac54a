"use client";

import { useEffect, useId, useRef, useState } from "react";
import { ago } from "#components/inbox/times.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { Label } from "#components/ui/field.tsx";
import { plainText } from "#components/ui/markdown.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ConversationRow } from "#contracts/operator";
import { conversationIn, type Found, useFoundConversations } from "./found-conversations.ts";

/** A conversation that was chosen; of one whose address was pasted nothing but its id is known. */
export type Picked = { id: string; row?: ConversationRow };

type Props = { picked: Picked | undefined; onPick: (picked: Picked | undefined) => void };

/** Chooses a conversation among the newest, by words, or by its pasted address. */
export function ConversationPicker({ picked, onPick }: Props) {
  const self = useRef<HTMLDivElement>(null);
  const had = useRef(picked?.id);
  // Focus follows what has taken the place of the focused control.
  useEffect(() => {
    if (had.current === picked?.id) return;
    had.current = picked?.id;
    self.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [picked?.id]);
  return (
    <div ref={self}>
      {picked ? <Chosen picked={picked} onLeave={() => onPick(undefined)} /> : <Choices onPick={onPick} />}
    </div>
  );
}

function Choices({ onPick }: Pick<Props, "onPick">) {
  const field = useId();
  const [query, setQuery] = useState("");
  const found = useFoundConversations(query);

  function look(words: string) {
    const id = conversationIn(words);
    if (id === undefined) setQuery(words);
    else onPick({ id });
  }

  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={field}>Conversation</Label>
      <SearchList
        id={field}
        label="Conversation"
        placeholder="Name or words, or paste its address…"
        query={query}
        onQuery={look}
        items={found.rows}
        keyOf={({ id }) => id}
        onChoose={(row) => onPick({ id: row.id, row })}
        className="max-h-64"
        empty={<Nothing found={found} query={query} />}
      >
        {(row) => <Line row={row} />}
      </SearchList>
    </div>
  );
}

function Nothing({ found: { problem, busy }, query }: { found: Found; query: string }) {
  if (busy)
    return (
      <div className="flex flex-col gap-2">
        <span className="sr-only">Looking for conversations</span>
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
      </div>
    );
  if (problem) return <Callout tone="bad">{problem}</Callout>;
  return query.trim() === ""
    ? "Nobody has written to you yet."
    : "No conversation holds these words. Try fewer, or paste an address.";
}

function Chosen({ picked: { id, row }, onLeave }: { picked: Picked; onLeave: () => void }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium text-ink text-sm">Conversation</p>
      <div className="flex items-center gap-3 rounded-lg border border-line bg-sunken px-3 py-2 text-sm">
        {row ? (
          <Line row={row} />
        ) : (
          <span className="min-w-0 flex-1">
            <span className="block font-medium">By its address</span>
            <bdi className="block truncate text-ink-3 text-xs tabular-nums">{id}</bdi>
          </span>
        )}
        <Button size="sm" className="shrink-0" onClick={onLeave}>
          Change
        </Button>
      </div>
    </div>
  );
}

/** Whose conversation it is, where and when, and its last words. */
function Line({ row: { customer, channel, snippet, lastMessageAt } }: { row: ConversationRow }) {
  return (
    <>
      <Avatar name={customer.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium">
            {customer.name}
          </span>
          <ChannelIcon channel={channel} className="size-3.5 shrink-0 text-ink-3" />
          <span className="sr-only">{channelLabel(channel)}</span>
          <time dateTime={lastMessageAt} className="ms-auto shrink-0 text-2xs text-ink-3 tabular-nums">
            {ago(lastMessageAt, Date.now())}
          </time>
        </span>
        <span dir="auto" className="block truncate text-ink-2 text-xs">
          {plainText(snippet)}
        </span>
      </span>
    </>
  );
}
