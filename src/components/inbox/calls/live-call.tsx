"use client";

import { PhoneCall } from "lucide-react";
import { useNow } from "#components/inbox/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { LiveCall } from "#contracts/calls";
import { duration, liveWords } from "./call-words.ts";

type Props = { call: LiveCall; agent: string };

/** In a list: the customer is on the phone, and for how long. */
export function LiveCallMark({ call, agent }: Props) {
  return (
    <span
      title={liveWords(call, agent)}
      className="flex items-center gap-1 font-medium text-2xs text-green-ink tabular-nums"
    >
      <PhoneCall className="size-3 animate-pulse" aria-hidden />
      <span className="sr-only">{liveWords(call, agent)}, since</span>
      <Since call={call} />
    </span>
  );
}

/** Above the conversation: who speaks with the customer on the phone right now. */
export function LiveCallBadge({ call, agent }: Props) {
  return (
    <Badge tone="green" title={liveWords(call, agent)} className="tabular-nums">
      <PhoneCall className="animate-pulse" aria-hidden />
      <span className="sr-only @3xl:not-sr-only">{liveWords(call, agent)}</span>
      <Since call={call} />
    </Badge>
  );
}

function Since({ call: { startedAt } }: { call: LiveCall }) {
  const now = useNow();
  return <span>{now === 0 ? "…" : duration((now - Date.parse(startedAt)) / 1_000)}</span>;
}
