"use client";

import { Lock, Reply, SendHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { outboxOf } from "#components/inbox/outboxes.ts";
import type { Actions } from "#components/inbox/use-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Keys } from "#components/ui/kbd.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ConversationRow } from "#contracts/operator";
import { AttachButton, AttachmentChips, useAttachments } from "./attachments.tsx";
import { mayReply } from "./may-reply.ts";
import { useDraft } from "./use-draft.ts";
import { useTypingSignal } from "./use-typing-signal.ts";

export type Mode = "reply" | "note";
export const composerId = "composer";

// Whoever pressed R and types on must not set off the shortcuts of what they type.
const keysOff = { "data-keys": "off" };

type Props = { row: ConversationRow; mode: Mode; setMode: (mode: Mode) => void; actions: Actions };

/** Where an operator writes: to the customer, or a note among colleagues. */
export function Composer({ row, mode, setMode, actions }: Props) {
  const { me } = useInbox();
  const permission = mayReply(row.state, me.id);
  const closed = mode === "reply" && !permission.may;
  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-4">
      <div
        className={cn(
          "mx-auto max-w-3xl rounded-xl border shadow-sm transition-colors",
          "focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15",
          mode === "note" ? "border-note-line bg-note" : "border-line-strong bg-surface",
        )}
      >
        <fieldset aria-label="What to write" className="flex items-center gap-0.5 px-2 pt-1.5">
          <ModeButton
            icon={<Reply aria-hidden />}
            keys="R"
            pressed={mode === "reply"}
            onPress={() => setMode("reply")}
          >
            Reply
          </ModeButton>
          <ModeButton
            icon={<Lock aria-hidden />}
            keys="N"
            pressed={mode === "note"}
            onPress={() => setMode("note")}
          >
            Note
          </ModeButton>
        </fieldset>
        {closed ? (
          <Closed words={permission.words} move={permission.move} actions={actions} />
        ) : (
          <Writing
            key={`${row.id}.${mode}`}
            row={row}
            mode={mode}
            hint={mode === "reply" ? permission.words : ""}
          />
        )}
      </div>
    </div>
  );
}

type WritingProps = { row: ConversationRow; mode: Mode; hint: string };

function Writing({ row, mode, hint }: WritingProps) {
  const { me, sending } = useInbox();
  const [draft, setDraft] = useDraft(`${me.id}.${row.id}.${mode}`);
  const typing = useTypingSignal(row.id, mode === "reply");
  const attachments = useAttachments(row.id);
  const { files, pending } = attachments;
  const empty = (draft.trim() === "" && files.length === 0) || pending > 0;

  function send() {
    if (empty) return;
    const text = draft.trim() || files.map(({ name }) => name).join(", ");
    const box = outboxOf(me.id, row.id, mode === "note" ? "operators" : "all");
    const { clientId } = box.add({ text, ...(files.length > 0 ? { attachments: files } : {}) });
    sending(clientId);
    setDraft("");
    attachments.clear();
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
        maxLength={8_000}
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
      <AttachmentChips attachments={attachments} />
      <div className="flex items-center gap-2 px-2 pb-2">
        <AttachButton attachments={attachments} />
        <p className="min-w-0 flex-1 truncate ps-1.5 text-ink-3 text-xs">{hint}</p>
        {hint ? undefined : (
          <span className="hidden items-center gap-1 text-2xs text-ink-3 lg:flex">
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

type ClosedProps = { words: string; move: ReturnType<typeof mayReply>["move"]; actions: Actions };

const moves = {
  takeOver: { label: "Take over to reply", keys: "A" },
  assignToMe: { label: "Assign to me", keys: "A" },
  reopen: { label: "Reopen", keys: undefined },
};

/** Why nothing can be written here, and what changes that. */
function Closed({ words, move, actions }: ClosedProps) {
  return (
    <div
      {...keysOff}
      className="flex min-h-[6.125rem] flex-wrap items-center justify-between gap-3 px-3.5 py-3"
    >
      <p className="min-w-0 flex-1 basis-56 text-ink-2 text-sm">{words}</p>
      {move ? (
        <Tooltip content={moves[move].label} keys={moves[move].keys}>
          <Button
            id={composerId}
            variant="primary"
            busy={actions.busy !== undefined}
            onClick={() => actions[move]()}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          >
            {moves[move].label}
          </Button>
        </Tooltip>
      ) : undefined}
    </div>
  );
}

type ModeButtonProps = {
  icon: ReactNode;
  keys: string;
  pressed: boolean;
  onPress: () => void;
  children: ReactNode;
};

function ModeButton({ icon, keys, pressed, onPress, children }: ModeButtonProps) {
  return (
    <Tooltip content={children} keys={keys}>
      <button
        type="button"
        aria-pressed={pressed}
        onClick={onPress}
        className={cn(
          "flex h-7 items-center gap-1.5 rounded-md px-2 text-xs transition-colors [&_svg]:size-3.5",
          pressed ? "bg-hover/80 font-semibold text-ink" : "font-medium text-ink-3 hover:text-ink",
        )}
      >
        {icon}
        {children}
      </button>
    </Tooltip>
  );
}
