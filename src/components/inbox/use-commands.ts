"use client";

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import type { ConversationRow, View } from "#contracts/operator";
import { views } from "./data/rows.ts";
import type { Actions } from "./use-actions.ts";
import { useStored } from "./use-stored.ts";
import { viewNames } from "./words.ts";

/** Something that can be done now: by a button, by a key, or by name in the palette. */
export type Command = {
  id: string;
  label: string;
  group: "Conversation" | "Move" | "View" | "Inbox";
  /** As tinykeys writes it. */
  binding?: string;
  /** As a person reads it. */
  shown?: string;
  run: () => void;
};

type Doing = {
  row: ConversationRow | undefined;
  me: string;
  actions: Actions;
  step: (by: 1 | -1) => void;
  write: (mode: "reply" | "note") => void;
  open: (dialog: "transfer" | "hand-back" | "keys" | "palette") => void;
  show: (view: View) => void;
  leave: () => void;
  toggleDetails: () => void;
};

/** Everything that can be done in the inbox now, the most fitting move of the open conversation first. */
export function commandsOf(doing: Doing): Command[] {
  const { row } = doing;
  const general: Command[] = [
    {
      id: "next",
      label: "Next conversation",
      group: "Move",
      binding: "j",
      shown: "J",
      run: () => doing.step(1),
    },
    {
      id: "previous",
      label: "Previous conversation",
      group: "Move",
      binding: "k",
      shown: "K",
      run: () => doing.step(-1),
    },
    {
      id: "palette",
      label: "Command palette",
      group: "Inbox",
      binding: "$mod+k",
      shown: "⌘ K",
      run: () => doing.open("palette"),
    },
    {
      id: "keys",
      label: "Keyboard shortcuts",
      group: "Inbox",
      binding: "[Shift]+?",
      shown: "?",
      run: () => doing.open("keys"),
    },
    ...views.map(
      (view): Command => ({
        id: `view-${view}`,
        label: `Go to ${viewNames[view]}`,
        group: "View",
        run: () => doing.show(view),
      }),
    ),
  ];
  if (!row) return general;

  return [
    ...movesOf(row, doing),
    {
      id: "reply",
      label: "Write a reply",
      group: "Conversation",
      binding: "r",
      shown: "R",
      run: () => doing.write("reply"),
    },
    {
      id: "note",
      label: "Write a note",
      group: "Conversation",
      binding: "n",
      shown: "N",
      run: () => doing.write("note"),
    },
    {
      id: "details",
      label: "Show or hide details",
      group: "Conversation",
      binding: "]",
      shown: "]",
      run: doing.toggleDetails,
    },
    {
      id: "leave",
      label: "Close conversation",
      group: "Conversation",
      binding: "Escape",
      shown: "Esc",
      run: doing.leave,
    },
    ...general,
  ];
}

function movesOf(row: ConversationRow, { actions, me, open }: Doing): Command[] {
  const move = (id: string, label: string, key: string, run: () => unknown): Command => ({
    id,
    label,
    group: "Conversation",
    ...(key ? { binding: key, shown: key.toUpperCase() } : {}),
    run: () => void run(),
  });
  const resolve = move("resolve", "Resolve", "e", actions.resolve);
  const handBack = move("handBack", "Hand back to AI", "b", () => open("hand-back"));
  const transfer = move("transfer", "Transfer", "t", () => open("transfer"));

  switch (row.state.state) {
    case "WAITING_HUMAN":
      return [move("accept", "Accept", "a", actions.accept), resolve, handBack];
    case "ACTIVE":
      return [move("takeOver", "Take over", "a", actions.takeOver), resolve];
    case "WITH_HUMAN":
      if (row.state.operator?.id === me) return [resolve, transfer, handBack];
      return [move("assign", "Assign to me", "a", actions.assignToMe), resolve, transfer, handBack];
    case "RESOLVED":
    case "ABANDONED":
      return [move("reopen", "Reopen", "", actions.reopen)];
  }
}

/** Binds the keys of commands; single letters can be switched off and never fire while somebody writes. */
export function useCommandKeys(commands: Command[]) {
  const latest = useRef(commands);
  latest.current = commands;
  const [letters] = useStored("letters", true);

  const bindings = commands.map(({ id, binding }) => `${id} ${binding ?? ""}`).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `bindings` stands for the commands.
  useEffect(() => {
    const bound = latest.current.flatMap(({ id, binding }) => {
      if (!binding) return [];
      const modified = binding.startsWith("$mod");
      if (!modified && !letters && binding !== "Escape") return [];
      const press = (event: KeyboardEvent) => {
        if (event.defaultPrevented || (!modified && isBusy(event))) return;
        event.preventDefault();
        latest.current.find((command) => command.id === id)?.run();
      };
      return [[binding, press] as const];
    });
    return tinykeys(window, Object.fromEntries(bound), { ignore: () => false });
  }, [bindings, letters]);
}

/** The key belongs to whatever is written in or open above the page. */
function isBusy({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing || !(target instanceof HTMLElement)) return true;
  if (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox], [data-keys=off]")
  ) {
    return true;
  }
  return document.querySelector("[role=dialog]") !== null;
}
