"use client";

import {
  ArrowLeft,
  ArrowLeftRight,
  Bot,
  CheckCheck,
  Ellipsis,
  Hand,
  PanelRight,
  RotateCcw,
} from "lucide-react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import type { Command } from "#components/inbox/use-commands.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { cn } from "#components/ui/cn.ts";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";

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
  const possible = commands.filter((command): command is Command & { id: Verb } => command.id in icons);
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
          <div className="flex min-w-0 items-center gap-2">
            <StateBadge state={row.state} since={row.escalatedAt} me={me.id} words />
            <ChannelName thread={thread} />
            {row.channel === "web" ? <CustomerPresence online={customerOnline} /> : undefined}
          </div>
        </div>
        <Viewers thread={thread} me={me.id} />
        <div className="hidden items-center gap-1.5 @md:flex">
          {possible.toReversed().map((command) => (
            <Action key={command.id} command={command} busy={busy} primary={command === main} />
          ))}
        </div>
        <div className="flex items-center gap-1 @md:hidden">
          {main ? <Action command={main} busy={busy} primary /> : undefined}
          {possible.length > 1 ? <MoreActions commands={possible.slice(1)} /> : undefined}
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
        <span className={primary ? "" : "sr-only @2xl:not-sr-only"}>{command.label}</span>
      </Button>
    </Tooltip>
  );
}

/** Where the customer writes from. */
function ChannelName({ thread: { row, channel } }: { thread: Thread }) {
  const label = channelLabel(row.channel);
  return (
    <span
      title={channel ? `${label}, ${channel.connection.name}` : label}
      className="flex min-w-0 items-center gap-1 text-2xs text-ink-3"
    >
      <ChannelIcon channel={row.channel} className="size-3.5" />
      <span className="sr-only truncate @md:not-sr-only">{label}</span>
    </span>
  );
}

function CustomerPresence({ online }: { online: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-1 truncate text-2xs text-ink-3">
      <span
        aria-hidden
        className={cn("size-2 shrink-0 rounded-full", online ? "bg-green" : "border-2 border-line-strong")}
      />
      <span className="sr-only @md:not-sr-only">{online ? "Online" : "Away"}</span>
    </span>
  );
}

function MoreActions({ commands }: { commands: (Command & { id: Verb })[] }) {
  return (
    <Menu align="end" trigger={<IconButton label="More actions" icon={<Ellipsis aria-hidden />} />}>
      {commands.map((command) => {
        const Icon = icons[command.id];
        return (
          <MenuItem key={command.id} onClick={command.run}>
            <Icon aria-hidden />
            {command.label}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

function Viewers({ thread, me }: { thread: Thread; me: string }) {
  const others = thread.viewers.filter(({ id }) => id !== me);
  if (others.length === 0) return undefined;
  const names = others.map(({ name }) => name).join(", ");
  return (
    <Tooltip content={`${names} ${others.length === 1 ? "is" : "are"} looking too`} side="bottom">
      <button
        type="button"
        aria-label={`Also here: ${names}`}
        className="-space-x-1.5 hidden cursor-default rounded-full @sm:flex"
      >
        {others.slice(0, 3).map(({ id, name, image }) => (
          <Avatar key={id} name={name} image={image} size="sm" className="rounded-full ring-2 ring-surface" />
        ))}
      </button>
    </Tooltip>
  );
}
