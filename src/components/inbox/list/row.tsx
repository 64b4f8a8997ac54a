"use client";

import { AlarmClock, MessageSquareX, PencilLine } from "lucide-react";
import { memo } from "react";
import { LiveCallMark } from "#components/inbox/calls/live-call.tsx";
import { useHasDraft } from "#components/inbox/composer/use-draft.ts";
import { DueChip } from "#components/inbox/due/due-chip.tsx";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { ago, fullMoment, nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { cn } from "#components/ui/cn.ts";
import { GENERAL } from "#contracts/attributes";
import type { ConversationRow } from "#contracts/operator";
import { firstName, StateBadge } from "./state-badge.tsx";

type Props = {
  row: ConversationRow;
  href: string;
  selected: boolean;
  me: string;
  /** Chosen together with others. */
  chosen: boolean;
  /** Some are chosen, so that each shows whether it is. */
  choosing: boolean;
  onChoose: (how: { ranged: boolean }) => void;
};

/** One conversation in the list, on two lines, with a box that chooses it together with others. */
export function Row({ chosen, choosing, onChoose, ...props }: Props) {
  const { row } = props;
  return (
    <div data-row={row.id} data-choosing={choosing || undefined} className="group/row relative h-full">
      <RowLink {...props} chosen={chosen} />
      <label
        className={cn(
          "absolute start-2.5 top-1/2 flex size-8 -translate-y-1/2 cursor-pointer items-center justify-center opacity-0",
          "has-focus-visible:opacity-100 group-hover/row:opacity-100 pointer-coarse:hidden",
          choosing && "opacity-100 pointer-coarse:flex",
        )}
      >
        <input
          type="checkbox"
          aria-label={`Choose ${row.customer.name}`}
          checked={chosen}
          onChange={() => {}}
          onClick={(event) => onChoose({ ranged: event.shiftKey })}
          className="size-4 cursor-pointer accent-accent"
        />
      </label>
    </div>
  );
}

type LinkProps = Omit<Props, "choosing" | "onChoose">;

const RowLink = memo(function RowLink({ row, href, selected, chosen, me }: LinkProps) {
  const { open } = useInbox();
  const waiting = row.state.state === "WAITING_HUMAN";
  const unread = row.unread > 0 && row.state.state !== "ACTIVE" && row.state.state !== "RESOLVED";
  const hasDraft = useHasDraft(row.id) && !selected;
  return (
    <a
      href={href}
      data-conversation={row.id}
      aria-current={selected ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        open(row.id);
      }}
      className={cn(
        "relative flex h-full items-center gap-3 rounded-lg px-2.5 outline-offset-[-2px] transition-colors",
        waiting && "bg-amber-soft/70 hover:bg-amber-soft",
        !waiting && !selected && "hover:bg-hover/70",
        selected && !waiting && "bg-accent-soft",
        chosen && "bg-accent-soft",
        selected && "ring-1 ring-inset",
        selected && (waiting ? "bg-amber-soft ring-amber/60" : "ring-accent/25"),
      )}
    >
      <span
        className={cn(
          "relative pointer-fine:group-hover/row:opacity-0",
          "group-has-[input:focus-visible]/row:opacity-0 group-data-choosing/row:opacity-0",
        )}
      >
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
          {row.attributes.topic === GENERAL ? undefined : (
            <span dir="auto" className="min-w-0 shrink-2 truncate text-2xs text-ink-3">
              {row.attributes.topic}
            </span>
          )}
          {unread ? <UnreadDot count={row.unread} /> : undefined}
          <span className="ms-auto shrink-0">
            <Corner row={row} />
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
            {hasDraft ? (
              <span className="font-medium text-amber-ink">
                <PencilLine className="me-1 inline size-3" aria-hidden />
                Draft{" "}
              </span>
            ) : undefined}
            {row.lastAuthor ? <span className="text-ink-3">{speaker(row, me)}</span> : undefined}
            {row.snippet.replace(/\*\*|__|`/g, "") || "No messages yet"}
          </span>
          <LostMark row={row} />
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

/** Answers that their platform did not take: nobody has read them, so that somebody must know. */
function LostMark({ row: { undelivered, state } }: { row: ConversationRow }) {
  if (undelivered === undefined || state.state === "RESOLVED" || state.state === "ABANDONED")
    return undefined;
  const words = undelivered === 1 ? "An answer did not arrive" : `${undelivered} answers did not arrive`;
  return (
    <Badge tone="red" title={words}>
      <MessageSquareX aria-hidden />
      <span className="sr-only">{words}</span>
    </Badge>
  );
}

function UnreadDot({ count }: { count: number }) {
  return (
    <span className="inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full bg-accent px-1 font-semibold text-[0.625rem] text-on-accent tabular-nums">
      {count > 99 ? "99+" : count}
      <span className="sr-only"> unread</span>
    </span>
  );
}

/** What is most pressing to know of a row: a call, its clock, when it wakes, or when it last stirred. */
function Corner({ row }: { row: ConversationRow }) {
  const { due, snoozedUntil } = row.attributes;
  if (row.liveCall) return <LiveCallMark call={row.liveCall} agent={row.agent.name} />;
  if (snoozedUntil) return <Wakes at={snoozedUntil} />;
  if (due && row.state.state !== "RESOLVED") return <DueChip due={due} />;
  return <When row={row} />;
}

function Wakes({ at }: { at: string }) {
  const now = useNow();
  return (
    <span
      title={`Snoozed until ${fullMoment(at)}`}
      className="flex items-center gap-1 text-2xs text-violet-ink tabular-nums"
    >
      <AlarmClock className="size-3" aria-hidden />
      <span className="sr-only">Snoozed until</span>
      {now === 0 ? "" : nearMoment(at, now)}
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
