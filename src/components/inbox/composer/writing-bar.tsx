"use client";

import { CheckCheck, ChevronUp, History, SendHorizontal } from "lucide-react";
import { nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { AttachButton } from "./attachments.tsx";
import { type Choices, ChoicesButton } from "./choices.tsx";
import type { Mode } from "./mode.ts";
import { roomLeft } from "./reply-window.ts";
import { SmsCount } from "./sms-count.tsx";
import type { PendingFiles } from "./use-files.ts";

type Props = {
  mode: Mode;
  hint: string;
  text: string;
  /** The most letters of one message. */
  most: number;
  /** It goes out by SMS, which is counted in its own way. */
  asSms: boolean;
  empty: boolean;
  /** When words were begun that were found here again. */
  restored: string | undefined;
  files: PendingFiles;
  choices: Choices;
  onDiscard: () => void;
  onResolve: () => void;
};

const verbs: Record<Mode, string> = { reply: "Send", note: "Add note", whisper: "Whisper" };

/** The foot of the composer: what goes along, what to know, and how the words leave. */
export function WritingBar(props: Props) {
  const { mode, hint, text, most, asSms, empty, restored, files, choices, onDiscard, onResolve } = props;
  const room = asSms ? undefined : roomLeft(text, most);
  const counted = asSms && text.trim() !== "";
  const quiet = hint === "" && room === undefined && !counted && restored === undefined;
  return (
    <div className="flex items-center gap-2 px-2 pb-2">
      {mode === "whisper" ? undefined : <AttachButton files={files} />}
      <ChoicesButton choices={choices} />
      {restored && hint === "" ? <Restored at={restored} onDiscard={onDiscard} /> : undefined}
      <p className="min-w-0 flex-1 truncate ps-1.5 text-ink-3 text-xs">{hint}</p>
      {room ? <p className="shrink-0 text-amber-ink text-xs tabular-nums">{room}</p> : undefined}
      {counted ? <SmsCount text={text} /> : undefined}
      {quiet ? (
        <span className="hidden items-center gap-1 whitespace-nowrap text-2xs text-ink-3 @md:flex">
          <Keys keys="⇧ Enter" /> new line
        </span>
      ) : undefined}
      <span className="flex">
        <Tooltip content={verbs[mode]} keys="Enter">
          <Button
            type="submit"
            variant="primary"
            disabled={empty}
            focusableWhenDisabled
            className={mode === "reply" ? "rounded-e-none" : ""}
          >
            <SendHorizontal className="rtl:-scale-x-100" aria-hidden />
            {verbs[mode]}
          </Button>
        </Tooltip>
        {mode === "reply" ? <SendMenu empty={empty} onResolve={onResolve} /> : undefined}
      </span>
    </div>
  );
}

function SendMenu({ empty, onResolve }: { empty: boolean; onResolve: () => void }) {
  return (
    <Menu
      side="top"
      align="end"
      trigger={
        <IconButton
          label="More ways to send"
          variant="primary"
          icon={<ChevronUp aria-hidden />}
          disabled={empty}
          focusableWhenDisabled
          className="w-7 rounded-s-none border-on-accent/25 border-s"
        />
      }
    >
      <MenuItem keys="⌘ ⇧ Enter" onClick={onResolve}>
        <CheckCheck aria-hidden />
        Send and resolve
      </MenuItem>
    </Menu>
  );
}

function Restored({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const now = useNow() || Date.now();
  return (
    <p className="flex min-w-0 items-center gap-1 text-ink-3 text-xs">
      <History className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">Draft from {nearMoment(at, now)}</span>
      <Button size="sm" variant="ghost" onClick={onDiscard}>
        Discard
      </Button>
    </p>
  );
}
