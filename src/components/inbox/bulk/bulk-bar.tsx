"use client";

import { AlarmClock, CheckCheck, MailOpen, Tag, UserRoundPlus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Command } from "#components/inbox/commands/command.ts";
import { mostChosen } from "#components/inbox/list/selection.ts";
import type { Chosen } from "#components/inbox/list/use-selection.ts";
import { Button, IconButton } from "#components/ui/button.tsx";

const icons: Record<string, ReactNode> = {
  "chosen-assign": <UserRoundPlus aria-hidden />,
  "chosen-resolve": <CheckCheck aria-hidden />,
  "chosen-snooze": <AlarmClock aria-hidden />,
  "chosen-tags": <Tag aria-hidden />,
  "chosen-read": <MailOpen aria-hidden />,
};

type Props = { selection: Chosen; commands: Command[]; total: number };

/** What can be done with all that are chosen; it takes the place of the list's head. */
export function BulkBar({ selection, commands, total }: Props) {
  const { ids, all, clear } = selection;
  const able = commands.filter(({ id }) => id in icons);
  return (
    <div
      role="toolbar"
      aria-label="Chosen conversations"
      className="flex h-15 shrink-0 items-center gap-0.5 border-line border-b bg-accent-soft px-2"
    >
      <IconButton label="Choose none" keys="Esc" side="bottom" icon={<X aria-hidden />} onClick={clear} />
      <p aria-live="polite" className="whitespace-nowrap font-semibold text-sm tabular-nums">
        {ids.length} chosen
      </p>
      {ids.length < Math.min(total, mostChosen) ? (
        <Button size="sm" variant="ghost" onClick={all}>
          All {Math.min(total, mostChosen)}
        </Button>
      ) : undefined}
      <span className="flex-1" />
      {able.map(({ id, label, shown, run }) => (
        <IconButton
          key={id}
          label={label}
          side="bottom"
          icon={icons[id]}
          onClick={run}
          {...(shown ? { keys: shown } : {})}
        />
      ))}
    </div>
  );
}
