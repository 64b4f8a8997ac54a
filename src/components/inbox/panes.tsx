"use client";

import { MessagesSquare } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Keys } from "#components/ui/kbd.tsx";
import { DetailsPane } from "./details/details-pane.tsx";
import { Dialogs } from "./dialogs/dialogs.tsx";
import { ListPane } from "./list/list-pane.tsx";
import { Splitter, usePaneWidth } from "./splitter.tsx";
import { ThreadFailed, ThreadLoading, ThreadPane } from "./thread/thread-pane.tsx";
import { useDesk } from "./use-desk.ts";
import type { Go, Place } from "./use-place.ts";
import { useStored } from "./use-stored.ts";
import { ViewsPane } from "./views/views-pane.tsx";

type Props = { place: Place; go: Go };

/** List, conversation and details side by side; one at a time where the screen is small. */
export function Panes({ place, go }: Props) {
  const { conversationId } = place;
  const desk = useDesk(place, go);
  const { thread, details, setDialog } = desk;
  const [viewsOpen, setViewsOpen] = useStored("views-open", true);
  const list = usePaneWidth("list", { initial: 344, min: 280, max: 480 });
  const side = usePaneWidth("details", { initial: 328, min: 280, max: 520 });
  const leave = () => go({ conversationId: undefined });

  return (
    <div className="relative flex h-full min-h-0">
      {viewsOpen ? (
        <div className="hidden w-52 shrink-0 border-line border-e min-[1400px]:block">
          <ViewsPane place={place} go={go} onCollapse={() => setViewsOpen(false)} open={setDialog} />
        </div>
      ) : undefined}
      <div
        className={cn("h-full w-full shrink-0 bg-canvas lg:w-(--list)", conversationId && "hidden lg:block")}
        style={{ "--list": `${list.width}px` } as React.CSSProperties}
      >
        <ListPane place={place} go={go} desk={desk} />
      </div>
      <Splitter label="Width of the list" pane={list} edge="end" className="hidden lg:block" />
      <div className={cn("h-full min-w-0 flex-1", !conversationId && "hidden lg:block")}>
        {conversationId === undefined ? <NothingOpen /> : undefined}
        {conversationId !== undefined && thread.isPending ? <ThreadLoading /> : undefined}
        {thread.isError && !thread.data ? (
          <ThreadFailed error={thread.error} retry={() => thread.refetch()} onBack={leave} />
        ) : undefined}
        {thread.data ? <ThreadPane thread={thread.data} desk={desk} onBack={leave} /> : undefined}
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
            <DetailsPane thread={thread.data} desk={desk} />
          </div>
        </>
      ) : undefined}
      <Dialogs desk={desk} go={go} />
    </div>
  );
}

function NothingOpen() {
  return (
    <EmptyState className="h-full bg-surface" icon={<MessagesSquare />} title="Choose a conversation">
      <span className="mt-1 flex flex-wrap items-center justify-center gap-1.5">
        <Keys keys="J" /> <Keys keys="K" /> to move, <Keys keys="/" /> to search, <Keys keys="?" /> for all
        keys
      </span>
    </EmptyState>
  );
}
