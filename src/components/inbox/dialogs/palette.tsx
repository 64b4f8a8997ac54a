"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { type Command, commandGroups } from "#components/inbox/commands/command.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import type { ConversationRow } from "#contracts/operator";

type Props = {
  commands: Command[];
  rows: ConversationRow[];
  open: (id: string) => void;
  /** Looks for what is not on this list. */
  onSearch: () => void;
  onClose: () => void;
};

/** Everything by its name: moves, views, and the conversations of this view. */
export function Palette({ commands, rows, open, onSearch, onClose }: Props) {
  const run = (doing: () => void) => {
    onClose();
    // After the palette is gone, so that focus goes where the command wants it.
    requestAnimationFrame(doing);
  };
  return (
    <Base.Root open onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-starting-style:opacity-0" />
        <Base.Popup
          aria-label="Command palette"
          className="-translate-x-1/2 fixed top-[12dvh] left-1/2 z-40 w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-xl border border-line bg-raised shadow-lg outline-none transition-[opacity,scale] duration-100 data-starting-style:scale-98 data-starting-style:opacity-0"
        >
          <Cmdk label="Command palette" loop>
            <div className="flex items-center gap-2.5 border-line border-b px-4">
              <Search className="size-4 shrink-0 text-ink-3" aria-hidden />
              <Cmdk.Input
                autoFocus
                placeholder="Type a command or a customer’s name…"
                className="h-12 flex-1 bg-transparent text-base outline-none"
              />
            </div>
            <Cmdk.List className="max-h-[50dvh] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-ink-3 text-sm">
                Nothing has this name.{" "}
                <Button variant="link" onClick={onSearch}>
                  Search all conversations
                </Button>
              </Cmdk.Empty>
              {filledGroups(commands).map((group) => (
                <Cmdk.Group key={group} heading={group} className={groupClass}>
                  {commands
                    .filter((command) => command.group === group && command.id !== "palette")
                    .map(({ id, label, shown, run: doing }) => (
                      <Cmdk.Item
                        key={id}
                        value={`${label} ${id}`}
                        onSelect={() => run(doing)}
                        className={itemClass}
                      >
                        <span className="flex-1">{label}</span>
                        {shown ? <Keys keys={shown} /> : undefined}
                      </Cmdk.Item>
                    ))}
                </Cmdk.Group>
              ))}
              <Cmdk.Group heading="Customers" className={groupClass}>
                {rows.slice(0, 50).map(({ id, customer, snippet }) => (
                  <Cmdk.Item
                    key={id}
                    value={`${customer.name} ${id}`}
                    onSelect={() => run(() => open(id))}
                    className={itemClass}
                  >
                    <Avatar name={customer.name} size="sm" />
                    <span dir="auto" className="shrink-0 font-medium">
                      {customer.name}
                    </span>
                    <span dir="auto" className="min-w-0 flex-1 truncate text-ink-3 text-xs">
                      {snippet}
                    </span>
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            </Cmdk.List>
          </Cmdk>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function filledGroups(commands: Command[]) {
  return commandGroups.filter((name) => commands.some(({ group }) => group === name));
}

const groupClass =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-3";
const itemClass =
  "flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-hover";
