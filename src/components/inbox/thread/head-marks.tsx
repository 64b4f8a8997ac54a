"use client";

import { AlarmClock, Bot, PencilLine } from "lucide-react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { fullMoment, nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { cn } from "#components/ui/cn.ts";

/** Until when a conversation is put aside. */
export function SnoozeBadge({ until }: { until: string }) {
  const now = useNow() || Date.now();
  return (
    <Badge tone="violet" title={`Snoozed until ${fullMoment(until)}`}>
      <AlarmClock aria-hidden />
      <span className="sr-only">Snoozed until</span>
      {nearMoment(until, now)}
    </Badge>
  );
}

/** Nobody has to wonder whether the assistant answers too. */
export function AiPaused() {
  return (
    <Badge className="hidden @lg:inline-flex">
      <Bot aria-hidden />
      AI paused
    </Badge>
  );
}

/** Who else is writing to the customer right now. */
export function TypingColleague({ thread: { typists }, me }: { thread: Thread; me: string }) {
  const now = useNow();
  const writing = typists.find(({ kind, id, until }) => kind === "operator" && id !== me && until > now);
  if (!writing) return undefined;
  return (
    <span
      role="status"
      className="flex min-w-0 items-center gap-1 truncate font-medium text-2xs text-amber-ink"
    >
      <PencilLine className="size-3 shrink-0" aria-hidden />
      <span className="truncate">{writing.name ?? "A colleague"} is typing a reply</span>
    </span>
  );
}

/** Where the customer writes from. */
export function ChannelName({ thread: { row, channel } }: { thread: Thread }) {
  const label = channelLabel(row.channel);
  return (
    <span
      title={channel ? `${label}, ${channel.connection.name}` : label}
      className="flex min-w-0 shrink-0 items-center gap-1 text-2xs text-ink-3"
    >
      <ChannelIcon channel={row.channel} className="size-3.5" />
      <span className="sr-only truncate @xl:not-sr-only">{label}</span>
    </span>
  );
}

/** Whether the customer has the chat open. */
export function CustomerPresence({ online }: { online: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-1 truncate text-2xs text-ink-3">
      <span
        aria-hidden
        className={cn("size-2 shrink-0 rounded-full", online ? "bg-green" : "border-2 border-line-strong")}
      />
      <span className="sr-only @xl:not-sr-only">{online ? "Online" : "Away"}</span>
    </span>
  );
}
