"use client";

import { Popover } from "@base-ui/react/popover";
import { BellOff, CheckCheck, CloudAlert, Settings2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AlertGroup, groupOfAlert } from "#contracts/notifications";
import { AlertRow } from "./alert-row.tsx";
import { shortCount, total } from "./alert-state.ts";
import { loadAlerts, loadOlderAlerts, readAlerts, useAlertState } from "./alert-store.ts";
import { openConversation } from "./open-conversation.ts";
import { PushInvitation } from "./push-invitation.tsx";

const groupNames: Record<AlertGroup, string> = {
  queue: "Queue",
  mine: "Mine",
  mentions: "Mentions",
  sla: "Due",
};

/** What an operator was told, newest first, all of it or one group. */
export function AlertPanel({ close }: { close: () => void }) {
  const state = useAlertState();
  const [group, setGroup] = useState<AlertGroup>();
  const shown =
    group === undefined ? state.alerts : state.alerts.filter(({ kind }) => groupOfAlert[kind] === group);
  const count = total(state.unread);
  return (
    <>
      <header className="flex items-center gap-1 px-4 pt-3 pb-2">
        <Popover.Title className="flex-1 font-semibold text-base text-ink">Notifications</Popover.Title>
        <IconButton
          label="Mark all as read"
          size="sm"
          side="bottom"
          icon={<CheckCheck aria-hidden />}
          disabled={count === 0}
          onClick={() => void readAlerts({ what: "everything" })}
        />
        <Link
          href="/settings/notifications"
          aria-label="Notification settings"
          title="Notification settings"
          onClick={close}
          className="flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink [&_svg]:size-3.5"
        >
          <Settings2 aria-hidden />
        </Link>
      </header>
      <fieldset className="flex gap-1 overflow-x-auto border-line border-b px-3 pb-2">
        <legend className="sr-only">Show</legend>
        <GroupButton
          name="All"
          count={count}
          pressed={group === undefined}
          choose={() => setGroup(undefined)}
        />
        {AlertGroup.options.map((each) => (
          <GroupButton
            key={each}
            name={groupNames[each]}
            count={state.unread[each]}
            pressed={group === each}
            choose={() => setGroup(each)}
          />
        ))}
      </fieldset>
      <div className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {state.phase === "loading" ? <Loading /> : undefined}
        {state.phase === "failed" ? <Failed /> : undefined}
        {state.phase === "ready" && shown.length === 0 ? <Nothing group={group} /> : undefined}
        <ul>
          {shown.map((alert) => (
            <AlertRow
              key={alert.id}
              alert={alert}
              open={() => {
                close();
                void readAlerts({ what: "conversation", conversationId: alert.conversationId });
                openConversation(alert.conversationId);
              }}
            />
          ))}
        </ul>
        {state.next === undefined ? undefined : (
          <Button variant="ghost" size="sm" className="w-full" onClick={() => void loadOlderAlerts()}>
            Show older
          </Button>
        )}
      </div>
      <PushInvitation />
    </>
  );
}

type GroupProps = { name: string; count: number; pressed: boolean; choose: () => void };

function GroupButton({ name, count, pressed, choose }: GroupProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={choose}
      className={cn(
        "flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 font-medium text-xs transition-colors",
        pressed ? "bg-accent-soft text-accent-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
      )}
    >
      {name}
      {count > 0 ? (
        <span className="text-2xs tabular-nums opacity-80">
          {shortCount(count)}
          <span className="sr-only"> unread</span>
        </span>
      ) : undefined}
    </button>
  );
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-3 p-2.5">
      <span className="sr-only">Loading notifications</span>
      {["w-40", "w-28", "w-36"].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <Skeleton className={cn("h-3", width)} />
            <Skeleton className="h-2.5 w-3/4" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Failed() {
  return (
    <EmptyState
      className="py-8"
      icon={<CloudAlert />}
      title="Notifications did not load"
      action={<Button onClick={() => void loadAlerts()}>Try again</Button>}
    >
      The server did not answer. Nothing is lost.
    </EmptyState>
  );
}

function Nothing({ group }: { group: AlertGroup | undefined }) {
  return (
    <EmptyState
      className="py-8"
      icon={<BellOff />}
      title={group === undefined ? "You have missed nothing" : "Nothing here"}
    >
      {group === undefined
        ? "When a customer needs you while you look elsewhere, it stands here."
        : undefined}
    </EmptyState>
  );
}
