"use client";

import { Lock, Reply } from "lucide-react";
import type { ReactNode } from "react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { fullMoment } from "#components/inbox/times.ts";
import type { Actions } from "#components/inbox/use-actions.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ChannelSituation, ConversationRow } from "#contracts/operator";
import { ChannelNotices } from "./channel-notice.tsx";
import { composerId } from "./composer-id.ts";
import { mayReply } from "./may-reply.ts";
import { closedWords, replyWindow } from "./reply-window.ts";
import { Templates } from "./templates.tsx";
import { WindowChip } from "./window-chip.tsx";
import { type Mode, Writing } from "./writing.tsx";

// Whoever pressed R and types on must not set off the shortcuts of what they type.
const keysOff = { "data-keys": "off" };

type Props = {
  row: ConversationRow;
  channel: ChannelSituation | undefined;
  mode: Mode;
  setMode: (mode: Mode) => void;
  actions: Actions;
};

/** Where an operator writes: to the customer as far as their platform allows it, or a note among colleagues. */
export function Composer({ row, channel, mode, setMode, actions }: Props) {
  const now = useNow() || Date.now();
  const window = replyWindow(channel, now);
  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-4">
      {channel ? <ChannelNotices channel={channel} customer={row.customer.name} /> : undefined}
      <div
        className={cn(
          "@container mx-auto max-w-3xl rounded-xl border shadow-sm transition-colors",
          "focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15",
          mode === "note" ? "border-note-line bg-note" : "border-line-strong bg-surface",
        )}
      >
        <div className="flex items-center justify-between gap-2 px-2 pt-1.5">
          <fieldset aria-label="What to write" className="flex items-center gap-0.5">
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
          {window && mode === "reply" ? <WindowChip window={window} now={now} /> : undefined}
        </div>
        {mode === "note" ? (
          <Writing key={`${row.id}.note`} row={row} channel={undefined} mode="note" hint="" />
        ) : (
          <ReplyArea
            row={row}
            channel={channel}
            closedSince={window?.state === "closed" ? window.until : undefined}
            actions={actions}
          />
        )}
      </div>
    </div>
  );
}

type ReplyProps = Omit<Props, "mode" | "setMode"> & { closedSince: string | undefined };

function ReplyArea({ row, channel, closedSince, actions }: ReplyProps) {
  const { me } = useInbox();
  const { may, words, move } = mayReply(row.state, me.id);
  if (!may) return <Closed words={words} move={move} actions={actions} />;
  if (channel === undefined || closedSince === undefined)
    return <Writing key={`${row.id}.reply`} row={row} channel={channel} mode="reply" hint={words} />;
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
