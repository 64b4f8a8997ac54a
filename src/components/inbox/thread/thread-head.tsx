"use client";

import {
  AlarmClock,
  AlarmClockOff,
  ArrowLeft,
  ArrowLeftRight,
  Bot,
  CheckCheck,
  Ellipsis,
  Hand,
  PanelRight,
  RotateCcw,
  Tag,
  Zap,
} from "lucide-react";
import type { Command } from "#components/inbox/commands/command.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { DueChip } from "#components/inbox/due/due-chip.tsx";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { GENERAL } from "#contracts/attributes";
import { AiPaused, ChannelName, CustomerPresence, SnoozeBadge, TypingColleague } from "./head-marks.tsx";
import { Viewers } from "./viewers.tsx";

const icons = {
  accept: Hand,
  takeOver: Hand,
  assign: Hand,
  handBack: Bot,
  transfer: ArrowLeftRight,
  resolve: CheckCheck,
  reopen: RotateCcw,
};
type Verb = keyof typeof icons;

/** What stands behind the three dots: needed often enough to be found, too seldom for a button. */
const more = { resolveNext: CheckCheck, snooze: AlarmClock, wake: AlarmClockOff, tags: Tag, macros: Zap };

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
  const possible = commands.filter((command): command is Command & { id: Verb } => command.id in icons);
  const others = commands.filter((command): command is MoreCommand => command.id in more);
  const snooze = commands.find(({ id }) => id === "snooze");
  const [main] = possible;
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
          <div className="flex min-w-0 items-center gap-1.5 overflow-hidden whitespace-nowrap">
            <StateBadge state={row.state} since={row.escalatedAt} me={me.id} words />
            {due && row.state.owner !== "none" ? <DueChip due={due} words /> : undefined}
            {snoozedUntil ? <SnoozeBadge until={snoozedUntil} /> : undefined}
            {row.state.state === "WITH_HUMAN" ? <AiPaused /> : undefined}
            <ChannelName thread={thread} />
            {row.attributes.topic === GENERAL ? undefined : (
              <span
                dir="auto"
                title={`Topic: ${row.attributes.topic}`}
                className="min-w-0 truncate text-2xs text-ink-2"
              >
                {row.attributes.topic}
              </span>
            )}
            {row.channel === "web" ? <CustomerPresence online={customerOnline} /> : undefined}
            <TypingColleague thread={thread} me={me.id} />
          </div>
        </div>
        <Viewers thread={thread} me={me.id} />
        <div className="hidden items-center gap-1.5 @2xl:flex">
          {snooze ? (
            <IconButton
              label={snooze.label}
              keys="H"
              side="bottom"
              icon={<AlarmClock aria-hidden />}
              onClick={snooze.run}
            />
          ) : undefined}
          {possible.toReversed().map((command) => (
            <Action key={command.id} command={command} busy={busy} primary={command === main} />
          ))}
          {others.length > 0 ? <MoreActions commands={others} /> : undefined}
        </div>
        <div className="flex items-center gap-1 @2xl:hidden">
          {main ? <Action command={main} busy={busy} primary /> : undefined}
          <MoreActions commands={[...possible.slice(1), ...others]} />
        </div>
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

type MoreCommand = Command & { id: keyof typeof more };

type ActionProps = { command: Command & { id: Verb }; busy: string | undefined; primary: boolean };

function Action({ command, busy, primary }: ActionProps) {
  const Icon = icons[command.id];
  return (
    <Tooltip content={command.label} keys={command.shown} side="bottom">
      <Button
        size="sm"
        variant={primary ? "primary" : "secondary"}
        busy={busy === command.id}
        disabled={busy !== undefined}
        onClick={command.run}
      >
        <Icon aria-hidden />
        <span className={primary ? "" : "sr-only @5xl:not-sr-only"}>{command.label}</span>
      </Button>
    </Tooltip>
  );
}

function MoreActions({ commands }: { commands: (Command & { id: Verb | keyof typeof more })[] }) {
  const signs = { ...icons, ...more };
  return (
    <Menu align="end" trigger={<IconButton label="More actions" icon={<Ellipsis aria-hidden />} />}>
      {commands.map(({ id, label, shown, run }) => {
        const Icon = signs[id];
        return (
          <MenuItem key={id} onClick={run} {...(shown ? { keys: shown } : {})}>
            <Icon aria-hidden />
            {label}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
