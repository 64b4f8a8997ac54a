"use client";

import { useQueryClient } from "@tanstack/react-query";
import { AtSign } from "lucide-react";
import { desk } from "#components/inbox/data/desk-api.ts";
import { deskKeys, useMentions } from "#components/inbox/data/desk-queries.ts";
import { ago, fullMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { type Go, hrefOf, type Place } from "#components/inbox/use-place.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { MentionView } from "#contracts/desk-tools";
import { Failed, Loading } from "./list-states.tsx";
import { VirtualList } from "./virtual-list.tsx";

type Props = { place: Place; go: Go };

/** The notes that name this operator, newest first. */
export function MentionsList({ place, go }: Props) {
  const client = useQueryClient();
  const list = useMentions();
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.mentions.map((mention) => ({ id: mention.messageId, mention })));
  const unread = pages[0]?.unread ?? 0;

  async function read(conversationId?: string) {
    // Not told is not lost: it stays unread.
    await desk.readMentions(conversationId).catch(() => undefined);
    client.invalidateQueries({ queryKey: deskKeys.mentions });
  }

  return (
    <>
      {unread > 0 ? (
        <div className="px-3 pb-1">
          <Button size="sm" variant="ghost" onClick={() => void read()}>
            Mark all as read
          </Button>
        </div>
      ) : undefined}
      <VirtualList
        items={items}
        heightOf={() => 84}
        pages={list}
        testId="list"
        className="min-h-0 flex-1 overflow-y-auto px-2"
        empty={<Empty list={list} />}
      >
        {({ mention }) => (
          <Mention
            mention={mention}
            href={hrefOf({ ...place, conversationId: mention.conversationId })}
            selected={place.conversationId === mention.conversationId}
            onOpen={() => {
              go({ conversationId: mention.conversationId });
              if (mention.readAt === undefined) void read(mention.conversationId);
            }}
          />
        )}
      </VirtualList>
    </>
  );
}

function Empty({ list }: { list: ReturnType<typeof useMentions> }) {
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed retry={() => list.refetch()} />;
  return (
    <EmptyState className="h-full pb-24" icon={<AtSign />} title="Nobody has mentioned you">
      When a colleague writes @ and your name in a note, it stands here.
    </EmptyState>
  );
}

type MentionProps = { mention: MentionView; href: string; selected: boolean; onOpen: () => void };

function Mention({ mention, href, selected, onOpen }: MentionProps) {
  const { author, customer, text, createdAt, readAt } = mention;
  const now = useNow();
  const unread = readAt === undefined;
  const name = author.name ?? "A colleague";
  return (
    <a
      href={href}
      aria-current={selected ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen();
      }}
      className={cn(
        "flex h-full items-start gap-3 rounded-lg px-2.5 py-2.5 outline-offset-[-2px] transition-colors",
        selected ? "bg-accent-soft ring-1 ring-accent/25 ring-inset" : "hover:bg-hover/70",
      )}
    >
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 text-sm">
          <span dir="auto" className={cn("truncate text-ink", unread ? "font-semibold" : "font-medium")}>
            {name}
          </span>
          {unread ? (
            <span className="size-2 shrink-0 rounded-full bg-accent">
              <span className="sr-only">Unread</span>
            </span>
          ) : undefined}
          <time
            dateTime={createdAt}
            title={fullMoment(createdAt)}
            className="ms-auto shrink-0 text-2xs text-ink-3 tabular-nums"
          >
            {now === 0 ? "" : ago(createdAt, now)}
          </time>
        </span>
        <span dir="auto" className="line-clamp-2 text-ink-2 text-xs">
          {text}
        </span>
        <span dir="auto" className="block truncate text-2xs text-ink-3">
          in the conversation with {customer.name}
        </span>
      </span>
    </a>
  );
}
