"use client";

import { SendHorizontal } from "lucide-react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { outboxOf } from "#components/inbox/outboxes.ts";
import { Button } from "#components/ui/button.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ChannelSituation, ConversationRow } from "#contracts/operator";
import { AttachButton, AttachmentChips, useAttachments } from "./attachments.tsx";
import { ChoicesButton, ChoicesEditor, useChoices } from "./choices.tsx";
import { composerId } from "./composer-id.ts";
import { roomLeft } from "./reply-window.ts";
import { useDraft } from "./use-draft.ts";
import { useTypingSignal } from "./use-typing-signal.ts";

export type Mode = "reply" | "note";

/** What one message may hold, whatever the platform. */
const longest = 8_000;
const mostChoices = 10;
const longestChoice = 80;

type Props = { row: ConversationRow; channel: ChannelSituation | undefined; mode: Mode; hint: string };

/** The words, files and answer buttons of a message that is not sent yet. */
export function Writing({ row, channel, mode, hint }: Props) {
  const { me, sending } = useInbox();
  const [draft, setDraft] = useDraft(`${me.id}.${row.id}.${mode}`);
  const typing = useTypingSignal(row.id, mode === "reply");
  const attachments = useAttachments(row.id, channel);
  const choices = useChoices({
    most: Math.min(channel?.buttons ?? 0, mostChoices),
    longest: Math.min(channel?.buttonLength ?? 0, longestChoice),
  });
  const { files, pending } = attachments;
  const room = roomLeft(draft, Math.min(channel?.maxLength ?? longest, longest));
  const empty = (draft.trim() === "" && files.length === 0) || pending > 0;

  function send() {
    if (empty) return;
    const text = draft.trim() || files.map(({ name }) => name).join(", ");
    const box = outboxOf(me.id, row.id, mode === "note" ? "operators" : "all");
    const { clientId } = box.add({
      text,
      ...(files.length > 0 ? { attachments: files } : {}),
      ...(choices.texts.length > 0 ? { along: { choices: choices.texts } } : {}),
    });
    sending(clientId);
    setDraft("");
    attachments.clear();
    choices.clear();
    typing(false);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        id={composerId}
        dir="auto"
        rows={2}
        maxLength={longest}
        value={draft}
        aria-label={mode === "note" ? "Internal note" : `Reply to ${row.customer.name}`}
        placeholder={mode === "note" ? "A note that only colleagues see…" : "Write a reply…"}
        onChange={(event) => {
          setDraft(event.target.value);
          typing(event.target.value !== "");
        }}
        onBlur={() => typing(false)}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return;
          event.preventDefault();
          attachments.add(event.clipboardData.files);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        className="field-sizing-content max-h-[32dvh] min-h-14 w-full resize-none bg-transparent px-3.5 py-2 text-lg leading-6 outline-none sm:text-base sm:leading-[1.375rem]"
      />
      <ChoicesEditor choices={choices} />
      <AttachmentChips attachments={attachments} />
      <div className="flex items-center gap-2 px-2 pb-2">
        <AttachButton attachments={attachments} />
        <ChoicesButton choices={choices} />
        <p className="min-w-0 flex-1 truncate ps-1.5 text-ink-3 text-xs">{hint}</p>
        {room ? <p className="shrink-0 text-amber-ink text-xs tabular-nums">{room}</p> : undefined}
        {hint || room ? undefined : (
          <span className="hidden items-center gap-1 whitespace-nowrap text-2xs text-ink-3 @md:flex">
            <Keys keys="Shift Enter" /> new line
          </span>
        )}
        <Tooltip content={mode === "note" ? "Add note" : "Send"} keys="Enter">
          <Button type="submit" variant="primary" disabled={empty} focusableWhenDisabled>
            <SendHorizontal aria-hidden />
            {mode === "note" ? "Add note" : "Send"}
          </Button>
        </Tooltip>
      </div>
    </form>
  );
}
