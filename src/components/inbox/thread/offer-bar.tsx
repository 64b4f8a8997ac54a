"use client";

import { UserPlus } from "lucide-react";
import type { Command } from "#components/inbox/commands/command.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { clock, left } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ConversationOffer } from "#contracts/operator";

type Props = { offer: ConversationOffer; commands: Command[]; busy: string | undefined };

/** Whom the queue asks now and for how much longer; who is asked may say no. */
export function OfferBar({ offer: { operator, until }, commands, busy }: Props) {
  const { me } = useInbox();
  const now = useNow();
  const mine = operator.id === me.id;
  const decline = commands.find(({ id }) => id === "decline");
  return (
    <div
      className={cn(
        "flex min-h-10 shrink-0 items-center gap-2.5 border-line border-b px-4 py-1.5 text-sm",
        mine ? "bg-accent-soft text-accent-ink" : "bg-sunken text-ink-2",
      )}
    >
      <UserPlus className="size-4 shrink-0" aria-hidden />
      <p dir="auto" className="min-w-0 flex-1 truncate">
        <span className="font-medium">Offered to {mine ? "you" : operator.name}</span>
        <span className="sr-only"> until {clock(until)}</span>
        {now === 0 ? undefined : (
          <span aria-hidden className="tabular-nums">
            {" "}
            for another {left(until, now)}
          </span>
        )}
      </p>
      {decline ? (
        <Tooltip content="Decline" keys={decline.shown} side="bottom">
          <Button size="sm" busy={busy === "decline"} disabled={busy !== undefined} onClick={decline.run}>
            Decline
          </Button>
        </Tooltip>
      ) : undefined}
    </div>
  );
}
