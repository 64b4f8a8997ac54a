"use client";

import { useQueryClient } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { prefetchThread, useRows, useThread } from "./data/queries.ts";
import { DetailsPane } from "./details/details-pane.tsx";
import { type DialogName, Dialogs } from "./dialogs/dialogs.tsx";
import { useInbox } from "./inbox-context.tsx";
import { ListPane } from "./list/list-pane.tsx";
import { Splitter, usePaneWidth } from "./splitter.tsx";
import { composerId } from "./thread/composer-id.ts";
import { ThreadFailed, ThreadLoading, ThreadPane } from "./thread/thread-pane.tsx";
import type { Mode } from "./thread/writing.tsx";
import { useActions } from "./use-actions.ts";
import { commandsOf, useCommandKeys } from "./use-commands.ts";
import { useMedia } from "./use-media.ts";
import type { Place } from "./use-place.ts";
import { useStored } from "./use-stored.ts";
import { ViewsPane } from "./views-pane.tsx";

type Props = { place: Place; go: (to: Partial<Place>) => void };

/** List, conversation and details side by side; one at a time where the screen is small. */
export function Panes({ place, go }: Props) {
  const { conversationId } = place;
  const { me } = useInbox();
  const thread = useThread(conversationId);
  const actions = useActions(conversationId);
  const [mode, setMode] = useMode(conversationId);
  const [dialog, setDialog] = useState<DialogName>();
  const [viewsOpen, setViewsOpen] = useStored("views-open", true);
  const list = usePaneWidth("list", { initial: 344, min: 280, max: 480 });
  const side = usePaneWidth("details", { initial: 328, min: 280, max: 520 });
  const details = useDetails(conversationId);
  const { rows, step } = useSteps(place, go);

  const commands = commandsOf({
    row: thread.data?.row,
    me: me.id,
    actions,
    step,
    write(next) {
      // At once, so that the very next key is already a letter of the message.
      flushSync(() => setMode(next));
      document.getElementById(composerId)?.focus();
    },
    open: setDialog,
    show: (view) => go({ view }),
    leave: () => (details.overlaid ? details.toggle() : go({ conversationId: undefined })),
    toggleDetails: details.toggle,
  });
  useCommandKeys(commands);

  return (
    <div className="relative flex h-full min-h-0">
      {viewsOpen ? (
        <div className="hidden w-48 shrink-0 border-line border-e xl:block">
          <ViewsPane
            place={place}
            go={go}
            onCollapse={() => setViewsOpen(false)}
            onPalette={() => setDialog("palette")}
          />
        </div>
      ) : undefined}
      <div
        className={cn("h-full w-full shrink-0 bg-canvas lg:w-(--list)", conversationId && "hidden lg:block")}
        style={{ "--list": `${list.width}px` } as React.CSSProperties}
      >
        <ListPane place={place} go={go} />
      </div>
      <Splitter label="Width of the list" pane={list} edge="end" className="hidden lg:block" />
      <div className={cn("h-full min-w-0 flex-1", !conversationId && "hidden lg:block")}>
        {conversationId === undefined ? <NothingOpen /> : undefined}
        {conversationId !== undefined && thread.isPending ? <ThreadLoading /> : undefined}
        {thread.isError && !thread.data ? (
          <ThreadFailed
            error={thread.error}
            retry={() => thread.refetch()}
            onBack={() => go({ conversationId: undefined })}
          />
        ) : undefined}
        {thread.data ? (
          <ThreadPane
            thread={thread.data}
            commands={commands}
            actions={actions}
            mode={mode}
            setMode={setMode}
            details={details}
            onBack={() => go({ conversationId: undefined })}
          />
        ) : undefined}
      </div>
      {thread.data && details.open ? (
        <>
          <Splitter label="Width of the details" pane={side} edge="start" className="hidden xl:block" />
          <div
            className={cn(
              "h-full shrink-0",
              details.overlaid
                ? "absolute inset-y-0 end-0 z-20 w-full border-line border-s shadow-lg sm:w-96"
                : "w-(--side)",
            )}
            style={{ "--side": `${side.width}px` } as React.CSSProperties}
          >
            <DetailsPane thread={thread.data} onClose={details.toggle} />
          </div>
        </>
      ) : undefined}
      <Dialogs
        name={dialog}
        close={() => setDialog(undefined)}
        thread={thread.data}
        actions={actions}
        commands={commands}
        rows={rows}
        open={(id) => go({ conversationId: id })}
      />
    </div>
  );
}

/** Reply or note; another conversation begins with a reply. */
function useMode(conversationId: string | undefined) {
  const [chosen, setChosen] = useState<{ mode: Mode; of: string | undefined }>();
  const mode = chosen?.of === conversationId ? (chosen?.mode ?? "reply") : "reply";
  return [mode, (next: Mode) => setChosen({ mode: next, of: conversationId })] as const;
}

/** Beside the conversation where there is room, and remembered; above it, and only for now, where there is not. */
function useDetails(conversationId: string | undefined) {
  const wide = useMedia("(min-width: 1280px)");
  const [beside, setBeside] = useStored("details-open", true);
  const [above, setAbove] = useState<string>();
  const overlaid = !wide && above !== undefined && above === conversationId;
  return {
    open: wide ? beside : overlaid,
    overlaid,
    toggle: () => (wide ? setBeside(!beside) : setAbove(overlaid ? undefined : conversationId)),
  };
}

/** Up and down in the list, with the next one fetched before it is asked for. */
function useSteps({ view, conversationId }: Place, go: Props["go"]) {
  const client = useQueryClient();
  const { rows } = useRows(view);
  const at = rows.findIndex(({ id }) => id === conversationId);
  const next = rows[at + 1]?.id;
  useEffect(() => {
    if (conversationId && next) prefetchThread(client, next);
  }, [client, conversationId, next]);

  const step = (by: 1 | -1) => {
    const to = at === -1 ? rows[0] : rows[at + by];
    if (to) go({ conversationId: to.id });
  };
  return { rows, step };
}

function NothingOpen() {
  return (
    <EmptyState className="h-full bg-surface" icon={<MessagesSquare />} title="Choose a conversation">
      <span className="mt-1 flex items-center justify-center gap-1.5">
        <Keys keys="J" /> <Keys keys="K" /> to move, <Keys keys="?" /> for all keys
      </span>
    </EmptyState>
  );
}
