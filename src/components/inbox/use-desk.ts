"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useBulk } from "./bulk/use-bulk.ts";
import { commandsOf } from "./commands/commands.ts";
import { useCommandKeys } from "./commands/use-command-keys.ts";
import { composerId } from "./composer/composer-id.ts";
import { useHeld } from "./composer/hold.ts";
import type { Mode } from "./composer/mode.ts";
import { takeBack } from "./composer/take-back.ts";
import { useMentions } from "./data/desk-queries.ts";
import { prefetchThread, useRows, useThread } from "./data/queries.ts";
import type { DialogName } from "./dialogs/dialogs.tsx";
import { useInbox } from "./inbox-context.tsx";
import { useSelection } from "./list/use-selection.ts";
import { useListRef, useSort } from "./list/use-sort.ts";
import { useActions } from "./use-actions.ts";
import { useMedia } from "./use-media.ts";
import { useOffer } from "./use-offer.ts";
import { type Go, hrefOf, type Place } from "./use-place.ts";
import { useStored } from "./use-stored.ts";

/** Everything that the panes show and do: the open conversation, what is chosen, and every command. */
export function useDesk(place: Place, go: Go) {
  const { conversationId } = place;
  const { me, composer, open } = useInbox();
  const thread = useThread(conversationId);
  const offer = useOffer(thread.data);
  const [mode, setMode] = useMode(conversationId);
  const [dialog, setDialog] = useState<DialogName>();
  const details = useDetails(conversationId);
  const { rows, order, step, goOn } = useSteps(place, go);
  const selection = useSelection(hrefOf({ ...place, conversationId: undefined }), order);
  const actions = useActions(conversationId, useLatest(goOn));
  const bulk = useBulk(selection.ids, selection.clear);
  const held = useHeld(me.id);
  const sort = useSort(place);

  const write = useLatest((to: Mode) => {
    // At once, so that the very next key is already a letter of the message.
    flushSync(() => setMode(to));
    document.getElementById(composerId)?.focus();
  });
  useEffect(() => composer.onOpen(() => write("reply")), [composer, write]);

  function undoSend() {
    const last = held.at(-1);
    if (last && takeBack(me.id, last.clientId)) open(last.conversationId);
  }

  function choose(how: "toggle" | "down" | "up" | "none") {
    if (how === "none") return selection.clear();
    const at = focusedRow() ?? conversationId ?? order[0];
    if (at === undefined) return;
    if (how === "toggle") return selection.toggle(at);
    const to = order[order.indexOf(at) + (how === "down" ? 1 : -1)];
    if (to === undefined) return;
    if (!selection.has(at)) selection.toggle(at);
    selection.extend(to);
    document.querySelector<HTMLElement>(`[data-conversation="${to}"]`)?.focus();
  }

  const commands = commandsOf({
    row: thread.data?.row,
    offered: offer?.operator.id === me.id,
    me: me.id,
    chosen: selection.ids.length,
    actions,
    bulk,
    held: held.length > 0,
    undoSend,
    step,
    choose,
    write,
    open: setDialog,
    sort,
    show: go,
    leave: () => (details.overlaid ? details.toggle() : go({ conversationId: undefined })),
    toggleDetails: details.toggle,
    showCopilot: () => details.show("copilot"),
  });
  useCommandKeys(commands);

  return {
    thread,
    offer,
    rows,
    mode,
    setMode,
    dialog,
    setDialog,
    details,
    selection,
    actions,
    bulk,
    commands,
    undoSend,
    goOn,
  };
}

export type Desk = ReturnType<typeof useDesk>;

/** Reply, note or whisper; another conversation begins with a reply. */
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
  const [tab, setTab] = useStored("side-tab", "customer");
  const overlaid = !wide && above !== undefined && above === conversationId;
  const open = wide ? beside : overlaid;
  const put = (shown: boolean) => (wide ? setBeside(shown) : setAbove(shown ? conversationId : undefined));
  return {
    open,
    overlaid,
    tab,
    setTab,
    toggle: () => put(!open),
    show(next: string) {
      setTab(next);
      put(true);
    },
  };
}

/** Up and down in the list, with the next one fetched before it is asked for. */
function useSteps(place: Place, go: Go) {
  const { mentions, conversationId } = place;
  const client = useQueryClient();
  const { rows } = useRows(useListRef(place), { enabled: !mentions });
  const { data } = useMentions({ enabled: mentions });
  const order = useMemo(() => {
    if (!mentions) return rows.map(({ id }) => id);
    const named = data?.pages.flatMap((page) => page.mentions.map((each) => each.conversationId)) ?? [];
    return [...new Set(named)];
  }, [mentions, rows, data]);

  const at = conversationId === undefined ? -1 : order.indexOf(conversationId);
  const next = order[at + 1];
  useEffect(() => {
    if (conversationId && next) prefetchThread(client, next);
  }, [client, conversationId, next]);

  const step = (by: 1 | -1) => {
    const to = at === -1 ? order[0] : order[at + by];
    if (to) go({ conversationId: to });
  };
  /** To the next one, once this one is done; at the end of the list to the one before, and at last to none. */
  const goOn = () => go({ conversationId: next ?? order[at - 1] });
  return { rows, order, step, goOn };
}

function focusedRow(): string | undefined {
  const { activeElement } = document;
  const row = activeElement?.closest<HTMLElement>("[data-row]");
  return row?.dataset.row;
}

/** One function for always that does what its newest version does. */
function useLatest<Given extends unknown[]>(run: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((...given: Given) => latest.current(...given), []);
}
