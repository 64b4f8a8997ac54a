"use client";

import { useEffect, useRef, useState } from "react";
import { useOperators } from "#components/inbox/data/queries.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { readStored } from "#components/inbox/use-stored.ts";
import { cn } from "#components/ui/cn.ts";
import type { MessageView } from "#contracts/conversation";
import { AttachmentChips } from "./attachments.tsx";
import { gapIn } from "./canned.ts";
import { ChoicesEditor, useChoices } from "./choices.tsx";
import { CompletionList } from "./completions.tsx";
import { composerId } from "./composer-id.ts";
import { mentionedIn } from "./mentions.ts";
import type { Mode } from "./mode.ts";
import { NewerDialog } from "./newer-dialog.tsx";
import { newerReply, newestAt } from "./newer-reply.ts";
import { useAids } from "./use-aids.tsx";
import { useDraft } from "./use-draft.ts";
import { useDropped } from "./use-dropped.ts";
import { useFiles } from "./use-files.ts";
import { useReplyField } from "./use-reply-field.ts";
import { useSending } from "./use-sending.ts";
import { useTextField } from "./use-text-field.ts";
import { useTypingSignal } from "./use-typing-signal.ts";
import { WritingBar } from "./writing-bar.tsx";

/** What one message may hold, whatever the platform. */
const longest = 8_000;
const mostChoices = 10;
const longestChoice = 80;

type Props = {
  thread: Thread;
  mode: Mode;
  hint: string;
  /** A waiting conversation is accepted by whoever begins to write to it. */
  onBegin?: (() => void) | undefined;
  onUndoSend: () => void;
  onSentAndResolved: () => void;
};

type Ending = { thenResolve?: true; sendAnyway?: true };

/** The words, files and answer buttons of a message that is not sent yet. */
export function Writing({ thread, mode, hint, onBegin, onUndoSend, onSentAndResolved }: Props) {
  const { row, messages } = thread;
  const channel = mode === "reply" ? thread.channel : undefined;
  const { me } = useInbox();
  const operators = useOperators();
  const { text, restored, set, take } = useDraft(row.id, mode);
  const field = useTextField(text, set);
  const aids = useAids(row, mode, text, field);
  const typing = useTypingSignal(row.id, mode === "reply");
  const files = useFiles(row.id, mode, channel);
  const choices = useChoices({
    // The web chat shows as many as a message may hold; a note is for colleagues.
    most: mode === "reply" ? Math.min(channel?.buttons ?? mostChoices, mostChoices) : 0,
    longest: Math.min(channel?.buttonLength ?? longestChoice, longestChoice),
  });
  const send = useSending(row, mode);
  const suggestion = useReplyField(mode === "reply" ? { text, field } : undefined);
  const seen = useSeen(messages, text, restored?.at);
  const [newer, setNewer] = useState<{ message: MessageView; ending: Ending }>();
  const empty = (text.trim() === "" && files.stored.length === 0) || files.busy;

  function finish(ending: Ending) {
    if (empty) return;
    const gap = mode === "reply" ? gapIn(text) : undefined;
    if (gap) return field.write(text, gap);
    const other = mode === "reply" ? newerReply(messages, seen(), me.id) : undefined;
    if (other && !ending.sendAnyway) return setNewer({ message: other, ending });

    send({
      clientId: take(),
      text: text.trim() || files.stored.map(({ name }) => name).join(", "),
      attachments: files.stored,
      along: { ...ending, ...alongOf() },
    });
    files.clear();
    choices.clear();
    suggestion.clear();
    typing(false);
    if (ending.thenResolve) onSentAndResolved();
  }

  function alongOf() {
    if (mode === "note") {
      const mentions = mentionedIn(text, operators);
      return mentions.length > 0 ? { mentions } : {};
    }
    return {
      seenHead: row.head,
      ...(choices.texts.length > 0 ? { choices: choices.texts } : {}),
      ...(suggestion.id ? { suggestionId: suggestion.id } : {}),
    };
  }

  function onType(next: string) {
    if (text === "" && next !== "" && readStored("accept-by-typing", true)) onBegin?.();
    set(next);
    typing(next !== "");
  }

  const drop = useDropped(files.add);
  return (
    <>
      <form
        {...drop.handlers}
        onSubmit={(event) => {
          event.preventDefault();
          finish({});
        }}
        className={cn("relative rounded-b-xl", drop.over && "bg-accent-soft")}
      >
        <CompletionList completions={aids.completions} label={aids.label} />
        <textarea
          ref={field.ref}
          id={composerId}
          dir="auto"
          rows={2}
          maxLength={longest}
          value={text}
          aria-label={names[mode](row.customer.name, row.state.operator?.name)}
          placeholder={placeholders[mode]}
          {...aids.completions.field}
          onChange={(event) => {
            field.onCaret();
            onType(event.target.value);
          }}
          onSelect={field.onCaret}
          onBlur={() => typing(false)}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0 || mode === "whisper") return;
            event.preventDefault();
            files.add(event.clipboardData.files);
          }}
          onKeyDown={(event) => {
            if (aids.completions.onKeyDown(event) || event.nativeEvent.isComposing) return;
            const modified = event.metaKey || event.ctrlKey;
            if (event.key === "Escape") return event.currentTarget.blur();
            if (modified && event.key === "z" && text === "") {
              event.preventDefault();
              return onUndoSend();
            }
            if (event.key !== "Enter" || (event.shiftKey && !modified)) return;
            event.preventDefault();
            if (aids.isComing) return;
            finish(event.shiftKey && mode === "reply" ? { thenResolve: true } : {});
          }}
          className="field-sizing-content max-h-[32dvh] min-h-14 w-full resize-none bg-transparent px-3.5 py-2 text-lg leading-6 outline-none sm:text-base sm:leading-[1.375rem]"
        />
        <ChoicesEditor choices={choices} />
        <AttachmentChips files={files} />
        <WritingBar
          mode={mode}
          hint={aids.nothing || gapHint(text, mode) || hint}
          text={text}
          most={Math.min(channel?.maxLength ?? longest, longest)}
          asSms={channel !== undefined && row.channel === "sms"}
          empty={empty}
          restored={restored?.at}
          files={files}
          choices={choices}
          onDiscard={() => set("")}
          onResolve={() => finish({ thenResolve: true })}
        />
      </form>
      {newer ? (
        <NewerDialog
          message={newer.message}
          onSend={() => finish({ ...newer.ending, sendAnyway: true })}
          onClose={() => setNewer(undefined)}
        />
      ) : undefined}
    </>
  );
}

const placeholders: Record<Mode, string> = {
  reply: "Write a reply, / for canned responses…",
  note: "A note that only colleagues see, @ to name one…",
  whisper: "Words that only the operator and your colleagues see…",
};

const names: Record<Mode, (customer: string, operator: string | undefined) => string> = {
  reply: (customer) => `Reply to ${customer}`,
  note: () => "Internal note",
  whisper: (_, operator) => `Whisper to ${operator ?? "the operator"}`,
};

function gapHint(text: string, mode: Mode): string {
  const gap = mode === "reply" ? gapIn(text) : undefined;
  return gap ? `Not known: ${gap.name}. Write it in place of the variable.` : "";
}

/** Up to which entry the writer has seen the conversation when they began these words. */
function useSeen(messages: MessageView[], text: string, restoredAt: string | undefined) {
  const head = messages.at(-1)?.seq ?? 0;
  const seen = useRef<number>(undefined);
  useEffect(() => {
    if (text === "") seen.current = undefined;
    else seen.current ??= restoredAt === undefined ? head : newestAt(messages, restoredAt);
  }, [text, restoredAt, head, messages]);
  return () => seen.current ?? head;
}
