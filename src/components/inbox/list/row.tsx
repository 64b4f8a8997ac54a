"use client";

import { memo } from "react";
import { ago, fullMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ConversationRow } from "#contracts/operator";
import { firstName, StateBadge } from "./state-badge.tsx";

type Props = {
  row: ConversationRow;
  href: string;
  selected: boolean;
  me: string;
  onOpen: (id: string) => void;
};

/** One conversation in the list, on two lines. */
export const Row = memo(function Row({ row, href, selected, me, onOpen }: Props) {
  const waiting = row.state.state === "WAITING_HUMAN";
  const unread = row.unread > 0 && row.state.state !== "ACTIVE" && row.state.state !== "RESOLVED";
  return (
    <a
      href={href}
      data-conversation={row.id}
      aria-current={selected ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(row.id);
      }}
      className={cn(
        "group relative flex h-full items-center gap-3 rounded-lg px-2.5 outline-offset-[-2px] transition-colors",
        waiting && "bg-amber-soft/70 hover:bg-amber-soft",
        !waiting && !selected && "hover:bg-hover/70",
        selected && !waiting && "bg-accent-soft",
        selected && "ring-1 ring-inset",
        selected && (waiting ? "bg-amber-soft ring-amber/60" : "ring-accent/25"),
      )}
    >
      <span className="relative">
        <Avatar name={row.customer.name} size="md" />
        <span
          title={channelLabel(row.channel)}
          className="-end-1 -bottom-1 absolute flex size-4.5 items-center justify-center rounded-full border border-line bg-surface text-ink-2"
        >
          <ChannelIcon channel={row.channel} className="size-3" />
          <span className="sr-only">{channelLabel(row.channel)}</span>
        </span>
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-center gap-2">
          <span
            dir="auto"
            className={cn("truncate text-ink text-sm", unread ? "font-semibold" : "font-medium")}
          >
            {row.customer.name}
          </span>
          {unread ? <UnreadDot count={row.unread} /> : undefined}
          <span className="ms-auto shrink-0">
            <When row={row} />
          </span>
        </span>
        <span className="flex items-center gap-2">
          <span
            dir="auto"
            className={cn(
              "min-w-0 flex-1 truncate text-left text-xs in-[html[dir=rtl]]:text-right",
              unread ? "text-ink-2" : "text-ink-3",
            )}
          >
            {row.lastAuthor ? <span className="text-ink-3">{speaker(row, me)}</span> : undefined}
            {row.snippet.replace(/\*\*|__|`/g, "") || "No messages yet"}
          </span>
          <StateBadge state={row.state} since={row.escalatedAt} me={me} />
        </span>
      </span>
    </a>
  );
});

function speaker({ lastAuthor, state }: ConversationRow, me: string) {
  if (lastAuthor === "agent") return "AI: ";
  if (lastAuthor !== "operator") return "";
  if (state.operator?.id === me) return "You: ";
  return `${firstName(state.operator?.name ?? "Operator")}: `;
}

function UnreadDot({ count }: { count: number }) {
  return (
    <span className="inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full bg-accent px-1 font-semibold text-[0.625rem] text-on-accent tabular-nums">
      {count > 99 ? "99+" : count}
      <span className="sr-only"> unread</span>
    </span>
  );
}

function When({ row }: { row: ConversationRow }) {
  const now = useNow();
  return (
    <time
      dateTime={row.lastMessageAt}
      title={fullMoment(row.lastMessageAt)}
      className="text-2xs text-ink-3 tabular-nums"
    >
      {now === 0 ? "" : ago(row.lastMessageAt, now)}
    </time>
  );
}
