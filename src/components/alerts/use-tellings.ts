"use client";

import { useCallback, useEffect, useRef } from "react";
import type { InboxEvent } from "#components/inbox/data/events.ts";
import { readStored } from "#components/inbox/use-stored.ts";
import { toast } from "#components/ui/toaster.tsx";
import { mayHaveUnread } from "./alert-state.ts";
import { alertState, hearAlert, knownSettings, readAlerts } from "./alert-store.ts";
import { mayNotify, notify } from "./desktop.ts";
import { inOneWindow } from "./one-window.ts";
import { planOf, tellingOf } from "./telling.ts";
import { allowSound, play } from "./tones.ts";

type Options = {
  me: string;
  /** The conversation that this window shows. */
  shown: string | undefined;
  open: (conversationId: string) => void;
};

/** Tells the operator of what happens elsewhere, as they have chosen; what is in front counts as seen. */
export function useTellings(options: Options): (event: InboxEvent) => void {
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const press = () => allowSound();
    for (const name of ["pointerdown", "keydown"] as const)
      window.addEventListener(name, press, { once: true });
    return () => {
      for (const name of ["pointerdown", "keydown"] as const) window.removeEventListener(name, press);
    };
  }, []);

  const { shown } = options;
  useEffect(() => {
    const look = () => seeConversation(shown);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [shown]);

  useEffect(() => followWorker((conversationId) => latest.current.open(conversationId)), []);

  return useCallback((event: InboxEvent) => {
    hearAlert(event);
    const { me, shown, open } = latest.current;
    const telling = tellingOf(event, me);
    if (event.type === "alert") seeConversation(shown);
    if (telling === undefined) return;

    const { conversationId, kind, title, text, key, heard } = telling;
    const looking = isVisible() && document.hasFocus();
    const plan = planOf(telling, {
      settings: knownSettings(),
      now: new Date(),
      looking,
      inFront: isVisible() && shown === conversationId,
      allowed: mayNotify(),
      muted: readStored("muted", false),
    });
    const show = () => open(conversationId);
    if (plan.toast) {
      toast(title, {
        id: `${kind}:${conversationId}`,
        description: text,
        action: { label: "Open", onClick: show },
      });
    }
    // Also a window that stays silent takes part: if it is the one in front, the others must not ring.
    inOneWindow(`${heard}:${key}`, { first: isVisible() }, () => {
      if (plan.sound) play(kind);
      if (plan.desktop) void notify(telling, show);
      return plan.sound || plan.desktop;
    });
  }, []);
}

function seeConversation(conversationId: string | undefined): void {
  if (conversationId === undefined || !isVisible()) return;
  if (mayHaveUnread(alertState(), conversationId)) void readAlerts({ what: "conversation", conversationId });
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}

/** Opens what was pressed in a notification that the browser shows for us. */
function followWorker(open: (conversationId: string) => void): () => void {
  const worker = navigator.serviceWorker;
  if (worker === undefined) return () => undefined;
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== "object" || data === null || !("path" in data)) return;
    const [, conversationId] = /^\/inbox\/([0-9a-f-]{36})$/.exec(String(data.path)) ?? [];
    if (conversationId !== undefined) open(conversationId);
  };
  worker.addEventListener("message", hear);
  worker.startMessages();
  return () => worker.removeEventListener("message", hear);
}
