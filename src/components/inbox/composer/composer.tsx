"use client";

import { Ear, Lock, Reply } from "lucide-react";
import type { ReactNode } from "react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { fullMoment } from "#components/inbox/times.ts";
import type { Actions } from "#components/inbox/use-actions.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { ChannelNotices } from "./channel-notice.tsx";
import { composerId } from "./composer-id.ts";
import { mayReply } from "./may-reply.ts";
import type { Mode } from "./mode.ts";
import { closedWords, replyWindow } from "./reply-window.ts";
import { Templates } from "./templates.tsx";
import { WindowChip } from "./window-chip.tsx";
import { Writing } from "./writing.tsx";

// Whoever pressed R and types on must not set off the shortcuts of what they type.
const keysOff = { "data-keys": "off" };

type Props = {
  thread: Thread;
  mode: Mode;
  setMode: (mode: Mode) => void;
  actions: Actions;
  onUndoSend: () => void;
  onSentAndResolved: () => void;
};

const looks: Record<Mode, string> = {
  reply: "border-line-strong bg-surface",
  note: "border-note-line bg-note",
  whisper: "border-violet-ink/30 bg-violet-soft",
};

/** Where an operator writes: to the customer as far as their platform allows it, or among colleagues. */
export function Composer(props: Props) {
  const { thread, mode, setMode } = props;
  const { row, channel } = thread;
  const { me } = useInbox();
  const now = useNow() || Date.now();
  const window = replyWindow(channel, now);
  const watching = row.state.state === "WITH_HUMAN" && row.state.operator?.id !== me.id;
  // Nobody is left to whisper to once the conversation has changed hands.
  const shown = mode === "whisper" && !watching ? "note" : mode;
  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-4">
      {channel ? <ChannelNotices channel={channel} customer={row.customer.name} /> : undefined}
      <div
        className={cn(
          "@container mx-auto max-w-3xl rounded-xl border shadow-sm transition-colors",
          "focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15",
          looks[shown],
        )}
      >
        <div className="flex items-center justify-between gap-2 px-2 pt-1.5">
          <fieldset aria-label="What to write" className="flex items-center gap-0.5">
            <ModeButton mode="reply" shown={shown} onPress={setMode} icon={<Reply aria-hidden />} keys="R">
              Reply
            </ModeButton>
            <ModeButton mode="note" shown={shown} onPress={setMode} icon={<Lock aria-hidden />} keys="N">
              Note
            </ModeButton>
            {watching ? (
              <ModeButton mode="whisper" shown={shown} onPress={setMode} icon={<Ear aria-hidden />} keys="W">
                Whisper
              </ModeButton>
            ) : undefined}
          </fieldset>
          {window && shown === "reply" ? <WindowChip window={window} now={now} /> : undefined}
        </div>
        {shown === "reply" ? (
          <ReplyArea {...props} closedSince={window?.state === "closed" ? window.until : undefined} />
        ) : (
          <Writing key={`${row.id}.${shown}`} {...props} mode={shown} hint="" />
        )}
      </div>
    </div>
  );
}

type ReplyProps = Props & { closedSince: string | undefined };

function ReplyArea({ closedSince, ...props }: ReplyProps) {
  const { thread, actions } = props;
  const { row, channel } = thread;
  const { me } = useInbox();
  const { may, words, move } = mayReply(row.state, me.id);
  if (!may) return <Closed words={words} move={move} actions={actions} />;
  if (channel === undefined || closedSince === undefined) {
    const onBegin = row.state.state === "WAITING_HUMAN" ? actions.accept : undefined;
    return <Writing key={`${row.id}.reply`} {...props} mode="reply" hint={words} onBegin={onBegin} />;
  }
  const closed = closedWords(closedSince, row.createdAt, fullMoment);
  if (channel.template)
    return <Templates key={row.id} row={row} channel={channel} closed={closed} hint={words} />;
  const rule = `${channel.label} takes replies only for some time after the customer's last message.`;
  return (
    <Closed
      words={`${closed} ${rule} You can reply as soon as they write; until then you can leave a note.`}
      move={undefined}
      actions={actions}
    />
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
  mode: Mode;
  shown: Mode;
  onPress: (mode: Mode) => void;
  icon: ReactNode;
  keys: string;
  children: ReactNode;
};

function ModeButton({ mode, shown, onPress, icon, keys, children }: ModeButtonProps) {
  const pressed = mode === shown;
  return (
    <Tooltip content={children} keys={keys}>
      <button
        type="button"
        aria-pressed={pressed}
        onClick={() => onPress(mode)}
        className={cn(
          "flex h-7 items-center gap-1.5 rounded-md px-2 text-xs transition-colors [&_svg]:size-3.5",
          pressed ? "bg-hover/80 font-semibold text-ink" : "font-medium text-ink-2 hover:text-ink",
        )}
      >
        {icon}
        {children}
      </button>
    </Tooltip>
  );
}
