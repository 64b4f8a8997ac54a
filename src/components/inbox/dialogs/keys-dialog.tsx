"use client";

import type { Command } from "#components/inbox/use-commands.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { Switch } from "#components/ui/switch.tsx";

/** Every key on one sheet, and the switches of this browser. */
export function KeysDialog({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const [letters, setLetters] = useStored("letters", true);
  const [muted, setMuted] = useStored("muted", false);
  const withKeys = commands.filter(({ shown }) => shown);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard shortcuts" className="max-w-xl">
      <div className="flex flex-col gap-5">
        <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
          {withKeys.map(({ id, label, shown }) => (
            <div key={id} className="flex h-8 items-center justify-between gap-3 text-sm">
              <dt className="truncate text-ink-2">{label}</dt>
              <dd>
                <Keys keys={shown ?? ""} />
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex flex-col gap-3 border-line border-t pt-4">
          <Setting
            id="letters"
            label="Single letters work as shortcuts"
            help="Switch it off if you use speech input or a screen reader's letter keys."
            checked={letters}
            change={setLetters}
          />
          <Setting
            id="sound"
            label="Sound when a customer asks for a person"
            help="Kept in this browser."
            checked={!muted}
            change={(on) => setMuted(!on)}
          />
        </div>
      </div>
    </Dialog>
  );
}

type SettingProps = {
  id: string;
  label: string;
  help: string;
  checked: boolean;
  change: (on: boolean) => void;
};

function Setting({ id, label, help, checked, change }: SettingProps) {
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <p id={`${id}-label`} className="font-medium text-sm">
          {label}
        </p>
        <p className="text-ink-3 text-xs">{help}</p>
      </div>
      <Switch aria-labelledby={`${id}-label`} checked={checked} onCheckedChange={change} />
    </div>
  );
}
