"use client";

import { ArrowLeft, PanelRight } from "lucide-react";
import { CallButton } from "#components/inbox/calls/call-button.tsx";
import { LiveCallBadge } from "#components/inbox/calls/live-call.tsx";
import type { Command } from "#components/inbox/commands/command.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { DueChip } from "#components/inbox/due/due-chip.tsx";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { GENERAL } from "#contracts/attributes";
import { HeadActions } from "./head-actions.tsx";
import { AiPaused, ChannelName, CustomerPresence, SnoozeBadge, TypingColleague } from "./head-marks.tsx";
import { Viewers } from "./viewers.tsx";

type Props = {
  thread: Thread;
  commands: Command[];
  busy: string | undefined;
  details: { open: boolean; toggle: () => void };
  onBack: () => void;
};

/** Who is asking, whose turn it is, who else looks, and what can be done now. */
export function ThreadHead({ thread, commands, busy, details, onBack }: Props) {
  const { me } = useInbox();
  const { row, customerOnline } = thread;
  const { due, snoozedUntil } = row.attributes;
  return (
    <header className="@container shrink-0 border-line border-b bg-surface">
      <div className="flex h-15 items-center gap-2 px-2 sm:px-4">
        <IconButton
          label="Back to the list"
          keys="Esc"
          className="lg:hidden"
          icon={<ArrowLeft className="rtl:rotate-180" aria-hidden />}
          onClick={onBack}
        />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <h2
            dir="auto"
            title={row.customer.name}
            className="truncate text-left font-semibold text-base leading-5 in-[html[dir=rtl]]:text-right"
          >
            {row.customer.name}
          </h2>
          {/* What finds no room falls into a second line, out of sight: whole marks or none. */}
          <div className="flex h-5 min-w-0 flex-wrap content-start items-center gap-x-1.5 gap-y-1 overflow-hidden whitespace-nowrap">
            <StateBadge state={row.state} since={row.escalatedAt} me={me.id} words />
            {row.liveCall ? <LiveCallBadge call={row.liveCall} agent={row.agent.name} /> : undefined}
            {due && row.state.owner !== "none" ? <DueChip due={due} words /> : undefined}
            {snoozedUntil ? <SnoozeBadge until={snoozedUntil} /> : undefined}
            {row.state.state === "WITH_HUMAN" ? <AiPaused /> : undefined}
            <ChannelName thread={thread} />
            {row.attributes.topic === GENERAL ? undefined : (
              <span
                dir="auto"
                title={`Topic: ${row.attributes.topic}`}
                className="min-w-0 max-w-48 truncate text-2xs text-ink-2"
              >
                {row.attributes.topic}
              </span>
            )}
            {row.channel === "web" ? <CustomerPresence online={customerOnline} /> : undefined}
            <TypingColleague thread={thread} me={me.id} />
          </div>
        </div>
        <Viewers thread={thread} me={me.id} />
        <CallButton thread={thread} look="icon" />
        <HeadActions commands={commands} busy={busy} />
        <IconButton
          label={details.open ? "Hide details" : "Show details"}
          keys="]"
          aria-pressed={details.open}
          icon={<PanelRight className="rtl:-scale-x-100" aria-hidden />}
          onClick={details.toggle}
        />
      </div>
    </header>
  );
}
