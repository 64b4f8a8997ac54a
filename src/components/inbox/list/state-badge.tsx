"use client";

import { Bot, Check, CheckCheck, DoorOpen, Hourglass } from "lucide-react";
import { elapsed } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { StateView } from "#contracts/conversation";

type Props = { state: StateView; since?: string | undefined; me: string; words?: boolean };

/** Whose turn it is: a sign, words, and only then a colour. The wait of a waiting one ticks. */
export function StateBadge({ state, since, me, words }: Props) {
  switch (state.state) {
    case "WAITING_HUMAN":
      return <WaitingBadge since={since ?? state.since} words={words ?? false} />;
    case "WITH_HUMAN": {
      const mine = state.operator?.id === me;
      return (
        <Badge tone="green" className="min-w-0">
          <Check aria-hidden />
          <span className="max-w-28 truncate">
            {mine ? "You" : firstName(state.operator?.name ?? "A person")}
          </span>
        </Badge>
      );
    }
    case "ACTIVE":
      return (
        <Badge>
          <Bot aria-hidden />
          {words ? "AI is answering" : "AI"}
        </Badge>
      );
    case "RESOLVED":
      return (
        <Badge>
          <CheckCheck aria-hidden />
          Resolved
        </Badge>
      );
    case "ABANDONED":
      return (
        <Badge>
          <DoorOpen aria-hidden />
          Left
        </Badge>
      );
  }
}

function WaitingBadge({ since, words }: { since: string; words: boolean }) {
  const now = useNow();
  return (
    <Badge tone="amber" className="tabular-nums">
      <Hourglass aria-hidden />
      <span className={words ? "sr-only @md:not-sr-only" : "sr-only"}>
        {words ? "Waiting" : "Waiting for a person"}
      </span>
      <span>{now === 0 ? "…" : elapsed(since, now)}</span>
    </Badge>
  );
}

/** The first word of a name, for where there is little room. */
export function firstName(name: string): string {
  return name.split(/\s/)[0] ?? name;
}
