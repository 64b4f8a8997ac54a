"use client";

import {
  AlarmClock,
  AlarmClockOff,
  ArrowLeftRight,
  Bot,
  CheckCheck,
  Ellipsis,
  Hand,
  RotateCcw,
  Tag,
  Zap,
} from "lucide-react";
import type { Command } from "#components/inbox/commands/command.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
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

/** What stands behind the three dots: needed often enough to be found, too seldom for a button. */
const more = { resolveNext: CheckCheck, snooze: AlarmClock, wake: AlarmClockOff, tags: Tag, macros: Zap };

type Props = { commands: Command[]; busy: string | undefined };

/** What can be done with the open conversation: as many buttons as the head has room for, the rest behind the dots. */
export function HeadActions({ commands, busy }: Props) {
  const possible = commands.filter((command): command is Command & { id: Verb } => command.id in icons);
  const others = commands.filter((command): command is MoreCommand => command.id in more);
  const snooze = commands.find(({ id }) => id === "snooze");
  const [main] = possible;
  // Whoever holds a conversation ends it in one of two ways: both keep their words.
  const second = main?.id === "resolve" ? possible.find(({ id }) => id === "handBack") : undefined;
  return (
    <>
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
          <Action
            key={command.id}
            command={command}
            busy={busy}
            primary={command === main}
            named={command === main || command === second}
          />
        ))}
        {others.length > 0 ? <MoreActions commands={others} /> : undefined}
      </div>
      <div className="flex items-center gap-1 @2xl:hidden">
        {second ? (
          <span className="hidden @md:contents">
            <Action command={second} busy={busy} named />
          </span>
        ) : undefined}
        {main ? <Action command={main} busy={busy} primary /> : undefined}
        <MoreActions commands={[...possible.slice(1), ...others]} />
      </div>
    </>
  );
}

type MoreCommand = Command & { id: keyof typeof more };

type ActionProps = {
  command: Command & { id: Verb };
  busy: string | undefined;
  primary?: boolean;
  named?: boolean;
};

function Action({ command, busy, primary = false, named = primary }: ActionProps) {
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
        <span className={named ? "" : "sr-only @5xl:not-sr-only"}>{command.label}</span>
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
