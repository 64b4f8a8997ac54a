"use client";

import { Bell, Mail, MonitorSmartphone, PanelsTopLeft, Play, Volume2 } from "lucide-react";
import { allowSound, play } from "#components/alerts/tones.ts";
import { IconButton } from "#components/ui/button.tsx";
import { AlertChannel, AlertKind, type AlertMatrix, type AlertSettingsView } from "#contracts/notifications";
import { SendTest } from "./send-test.tsx";

const kinds: Record<AlertKind, { name: string; text: string }> = {
  escalation: { name: "Somebody needs a person", text: "New in the queue of your team" },
  offered: { name: "Offered to me", text: "It waits for you to accept" },
  assigned: { name: "Assigned to me", text: "By a colleague, or by routing" },
  message: { name: "New message in mine", text: "A customer you are talking with wrote" },
  mention: { name: "Mention", text: "A colleague named you in a note" },
  sla_warning: { name: "Due soon", text: "Three quarters of the time are over" },
  sla_breach: { name: "Overdue", text: "The promised time is over" },
  undelivered: { name: "Not delivered", text: "A platform did not take an answer" },
};

const channels: Record<AlertChannel, { name: string; icon: typeof Bell }> = {
  toast: { name: "In window", icon: PanelsTopLeft },
  sound: { name: "Sound", icon: Volume2 },
  desktop: { name: "Desktop", icon: Bell },
  push: { name: "Devices", icon: MonitorSmartphone },
  email: { name: "E-mail", icon: Mail },
};

type Props = {
  matrix: AlertMatrix;
  mail: AlertSettingsView["mail"];
  onChange: (matrix: AlertMatrix) => void;
};

/** What comes by which channel: a tick in each cell that does. */
export function MatrixTable({ matrix, mail, onChange }: Props) {
  return (
    <>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-b text-ink-3">
            <th scope="col" className="py-2 ps-5 text-start font-medium text-xs">
              Tell me of
            </th>
            {AlertChannel.options.map((channel) => {
              const { name, icon: Icon } = channels[channel];
              return (
                <th key={channel} scope="col" className="w-10 px-0 py-2 font-medium sm:w-20 sm:last:pe-3">
                  <Icon className="mx-auto size-4 sm:hidden" aria-hidden />
                  <span className="text-xs max-sm:sr-only">{name}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {AlertKind.options.map((kind) => (
            <tr key={kind}>
              <th scope="row" className="py-2 ps-5 pe-2 text-start font-normal">
                <span className="flex items-center justify-between gap-1">
                  <span className="min-w-0">
                    <span className="block font-medium text-ink">{kinds[kind].name}</span>
                    <span className="block text-ink-3 text-xs max-sm:hidden">{kinds[kind].text}</span>
                  </span>
                  <IconButton
                    label={`Hear the sound of: ${kinds[kind].name}`}
                    size="sm"
                    className="text-ink-3 max-sm:hidden"
                    icon={<Play aria-hidden />}
                    onClick={() => {
                      allowSound();
                      play(kind);
                    }}
                  />
                </span>
              </th>
              {AlertChannel.options.map((channel) => (
                <td key={channel} className="p-0 text-center sm:last:pe-3">
                  <Cell
                    label={`${kinds[kind].name}: ${channels[channel].name}`}
                    on={matrix[kind][channel]}
                    able={channel !== "email" || mail.on}
                    onChange={(on) => onChange({ ...matrix, [kind]: { ...matrix[kind], [channel]: on } })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap items-center justify-between gap-3 border-line border-t px-5 py-2.5 text-ink-3 text-xs">
        <p className="min-w-48 flex-1">
          {mail.on
            ? `E-mails go to ${mail.address}, and hold what you have not seen within a minute or two.`
            : "E-mail is off: no mail server is set up here. Whoever runs Baton can name one as SMTP_URL."}
        </p>
        {mail.on ? <SendTest channel="email" /> : undefined}
      </div>
    </>
  );
}

type CellProps = { label: string; on: boolean; able: boolean; onChange: (on: boolean) => void };

function Cell({ label, on, able, onChange }: CellProps) {
  return (
    // The whole cell can be pressed: the box alone is small for a finger.
    <label className="flex h-11 items-center justify-center has-enabled:cursor-pointer has-enabled:hover:bg-hover/60">
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        className="size-4 accent-accent disabled:opacity-70"
        checked={on && able}
        disabled={!able}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
