"use client";

import { type Command, commandGroups } from "#components/inbox/commands/command.ts";
import { useStored } from "#components/inbox/use-stored.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { Switch } from "#components/ui/switch.tsx";

/** What the text field knows by itself, beside the commands. */
const whileWriting = [
  { label: "Send, or add the note", shown: "Enter" },
  { label: "Send and resolve", shown: "⌘ ⇧ Enter" },
  { label: "New line", shown: "⇧ Enter" },
  { label: "Canned response", shown: "/" },
  { label: "Mention a colleague in a note", shown: "@" },
  { label: "Emoji", shown: ":" },
  { label: "Take the last reply back, in an empty field", shown: "⌘ Z" },
];

/** Every key on one sheet, as the table of commands has them, and the switches of this browser. */
export function KeysDialog({ commands, onClose }: { commands: Command[]; onClose: () => void }) {
  const groups = commandGroups
    .map((name) => ({
      name: String(name),
      lines: commands.flatMap(({ group, id, label, shown }) =>
        group === name && shown ? [{ id, label, shown }] : [],
      ),
    }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard" className="max-w-2xl">
      <div className="flex flex-col gap-5">
        <div className="gap-x-10 sm:columns-2">
          {groups.map(({ name, lines }) => (
            <KeyGroup key={name} name={name} lines={lines} />
          ))}
          <KeyGroup name="While writing" lines={whileWriting.map((line) => ({ id: line.label, ...line }))} />
        </div>
        <Settings />
      </div>
    </Dialog>
  );
}

type GroupProps = { name: string; lines: { id: string; label: string; shown: string }[] };

function KeyGroup({ name, lines }: GroupProps) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="pb-1 font-semibold text-2xs text-ink-3">{name}</h3>
      <dl className="flex flex-col">
        {lines.map(({ id, label, shown }) => (
          <div key={id} className="flex min-h-7 items-center justify-between gap-3 text-sm">
            <dt className="min-w-0 text-ink-2">{label}</dt>
            <dd className="shrink-0">
              <Keys keys={shown} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Settings() {
  const [letters, setLetters] = useStored("letters", true);
  const [hold, setHold] = useStored("hold", true);
  const [eager, setEager] = useStored("accept-by-typing", true);
  const [muted, setMuted] = useStored("muted", false);
  return (
    <section aria-label="Settings of this browser" className="flex flex-col gap-3 border-line border-t pt-4">
      <Setting
        id="letters"
        label="Single letters work as shortcuts"
        help="Switch it off if you use speech input or a screen reader's letter keys."
        checked={letters}
        change={setLetters}
      />
      <Setting
        id="hold"
        label="Replies wait five seconds before they leave"
        help="So that you can take one back. Notes are kept at once."
        checked={hold}
        change={setHold}
      />
      <Setting
        id="eager"
        label="Writing accepts a waiting conversation"
        help="Nobody else begins an answer while you write one."
        checked={eager}
        change={setEager}
      />
      <Setting
        id="sound"
        label="Sound when a customer asks for a person"
        help="Kept in this browser."
        checked={!muted}
        change={(on) => setMuted(!on)}
      />
    </section>
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
        <p id={`${id}-help`} className="text-ink-3 text-xs">
          {help}
        </p>
      </div>
      <Switch
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-help`}
        checked={checked}
        onCheckedChange={change}
      />
    </div>
  );
}
