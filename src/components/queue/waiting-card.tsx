"use client";

import { PartyPopper } from "lucide-react";
import Link from "next/link";
import { DueChip } from "#components/inbox/due/due-chip.tsx";
import { elapsed, fullMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { GENERAL } from "#contracts/attributes";
import { ChannelName } from "#contracts/channel";
import type { QueueBoard, QueueEntry } from "#contracts/desk";

type TeamName = (id: string) => string | undefined;

type Props = { board: QueueBoard | undefined; teamName: TeamName };

/** Everybody who waits for a person, in the order of the line. */
export function WaitingCard({ board, teamName }: Props) {
  const now = useNow();
  return (
    <Card>
      <CardHeader title="Who waits" description="In line order. Open one to read it, and claim it there." />
      {board === undefined ? <Loading /> : undefined}
      {board?.entries.length === 0 ? (
        <EmptyState icon={<PartyPopper />} title="Nobody waits">
          Whoever asks for a person appears here at once.
        </EmptyState>
      ) : undefined}
      {board && board.entries.length > 0 ? (
        <ol className="@container divide-y divide-line">
          {board.entries.map((entry) => (
            <Row key={entry.conversationId} entry={entry} now={now} teamName={teamName} />
          ))}
        </ol>
      ) : undefined}
      {board && board.waiting > board.entries.length && board.entries.length > 0 ? (
        <p className="border-line border-t px-5 py-3 text-ink-3 text-sm">
          And {board.waiting - board.entries.length} more behind them.
        </p>
      ) : undefined}
    </Card>
  );
}

type RowProps = { entry: QueueEntry; now: number; teamName: TeamName };

function Row({ entry, now, teamName }: RowProps) {
  const { conversationId, customer, topic, position, since, estimateMinutes, skills, language, due } = entry;
  const channel = ChannelName.safeParse(entry.channel);
  const team = entry.teamId === undefined ? undefined : teamName(entry.teamId);
  return (
    <li className="relative flex items-start gap-3 px-5 py-3 transition-colors hover:bg-hover/60">
      <span className="w-5 shrink-0 pt-1.5 text-end text-ink-3 text-xs tabular-nums">
        <span className="sr-only">Place </span>
        {position}
      </span>
      <span className="relative">
        <Avatar name={customer} />
        {channel.success ? (
          <span
            title={channelLabel(channel.data)}
            className="-end-1 -bottom-1 absolute flex size-4.5 items-center justify-center rounded-full border border-line bg-surface text-ink-2"
          >
            <ChannelIcon channel={channel.data} className="size-3" />
            <span className="sr-only">{channelLabel(channel.data)}</span>
          </span>
        ) : undefined}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <Link
            href={`/inbox/${conversationId}`}
            dir="auto"
            className="truncate rounded-sm font-medium text-ink text-sm after:absolute after:inset-0"
          >
            {customer}
          </Link>
          {topic === GENERAL ? undefined : (
            <span dir="auto" className="min-w-0 shrink-2 truncate text-ink-3 text-xs">
              {topic}
            </span>
          )}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-1 text-ink-3 text-xs empty:hidden">
          {due ? <DueChip due={due} words /> : undefined}
          {team ? <Badge>{team}</Badge> : undefined}
          {skills.map((skill) => (
            <Badge key={skill} tone="accent">
              {skill}
            </Badge>
          ))}
          {language ? <Badge className="uppercase">{language}</Badge> : undefined}
          <Offered entry={entry} now={now} />
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1 text-end">
        <time dateTime={since} title={fullMoment(since)} className="font-medium text-sm tabular-nums">
          <span className="sr-only">Waits for </span>
          {now === 0 ? "" : elapsed(since, now)}
        </time>
        {estimateMinutes === undefined ? undefined : (
          <span className="whitespace-nowrap text-ink-3 text-xs tabular-nums">
            about {estimateMinutes} min to go
          </span>
        )}
      </div>
    </li>
  );
}

function Offered({ entry: { offered }, now }: { entry: QueueEntry; now: number }) {
  const left = offered === undefined ? 0 : Math.ceil((Date.parse(offered.until) - now) / 1_000);
  if (offered === undefined || now === 0 || left <= 0) return undefined;
  const whom = offered.operator ? `Offered to ${offered.operator.name}` : "Offered to several";
  return (
    <Badge tone="amber" className="shrink whitespace-normal tabular-nums">
      {whom}, {left < 60 ? `${left} s` : `${Math.ceil(left / 60)} min`} left
    </Badge>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the queue" className="flex flex-col">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex items-center gap-3 px-5 py-3">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ms-auto h-4 w-12" />
        </div>
      ))}
    </div>
  );
}
