import type { BulkActions } from "#components/inbox/bulk/use-bulk.ts";
import type { Mode } from "#components/inbox/composer/mode.ts";
import { views } from "#components/inbox/data/rows.ts";
import type { DialogName } from "#components/inbox/dialogs/dialogs.tsx";
import type { Sort } from "#components/inbox/list/use-sort.ts";
import type { Actions } from "#components/inbox/use-actions.ts";
import type { Place } from "#components/inbox/use-place.ts";
import { viewNames } from "#components/inbox/words.ts";
import type { ConversationRow } from "#contracts/operator";
import { type Command, command, letter } from "./command.ts";

export type Doing = {
  row: ConversationRow | undefined;
  /** The open conversation is offered to this operator. */
  offered: boolean;
  me: string;
  /** How many conversations are chosen together. */
  chosen: number;
  actions: Actions;
  bulk: BulkActions;
  /** A reply can still be taken back. */
  held: boolean;
  undoSend: () => void;
  step: (by: 1 | -1) => void;
  choose: (how: "toggle" | "down" | "up" | "none") => void;
  write: (mode: Mode) => void;
  open: (dialog: DialogName) => void;
  /** How the list is sorted; absent where it has one order only. */
  sort: Sort | undefined;
  show: (to: Partial<Place> & Pick<Place, "view">) => void;
  leave: () => void;
  toggleDetails: () => void;
  showCopilot: () => void;
};

/** Everything that can be done in the inbox now, the most fitting move of the open conversation first. */
export function commandsOf(doing: Doing): Command[] {
  const { row, chosen } = doing;
  return [
    ...(chosen > 0 ? chosenCommands(doing) : []),
    ...(row ? withKeys([...movesOf(row, doing), ...deskCommands(row, doing)], { on: chosen === 0 }) : []),
    ...(row ? writeCommands(row, doing) : []),
    ...moveCommands(doing),
    ...views.map((view) =>
      command("View", `view-${view}`, `Go to ${viewNames[view]}`, () => doing.show({ view })),
    ),
    command("View", "view-mentions", "Go to Mentions", () => doing.show({ view: "all", mentions: true })),
    ...inboxCommands(doing),
  ];
}

/** While some are chosen together, the same keys are about those. */
function withKeys(commands: Command[], { on }: { on: boolean }): Command[] {
  return on ? commands : commands.map(({ bindings, shown, ...command }) => command);
}

function movesOf(row: ConversationRow, { actions, me, open, offered }: Doing): Command[] {
  const resolve = [
    command("Conversation", "resolve", "Resolve", actions.resolve, letter("e")),
    command("Conversation", "resolveNext", "Resolve and go to the next", actions.resolveAndNext, {
      bindings: ["$mod+Shift+e"],
      shown: "⌘ ⇧ E",
    }),
  ];
  const handBack = command(
    "Conversation",
    "handBack",
    "Hand back to AI",
    () => open("hand-back"),
    letter("b"),
  );
  const transfer = command("Conversation", "transfer", "Transfer", () => open("transfer"), letter("t"));
  const give = command("Conversation", "transfer", "Give to…", () => open("transfer"), letter("t"));
  const take = letter("a", "i");
  const decline = command("Conversation", "decline", "Decline", () => open("decline"), {
    bindings: ["Shift+a"],
    shown: "⇧ A",
  });

  switch (row.state.state) {
    case "WAITING_HUMAN":
      return [
        command("Conversation", "accept", "Accept", actions.accept, take),
        ...(offered ? [decline] : []),
        ...resolve,
        give,
        handBack,
      ];
    case "ACTIVE":
      return [command("Conversation", "takeOver", "Take over", actions.takeOver, take), ...resolve, give];
    case "WITH_HUMAN":
      if (row.state.operator?.id === me) return [...resolve, transfer, handBack];
      return [
        command("Conversation", "assign", "Assign to me", actions.assignToMe, take),
        ...resolve,
        transfer,
        handBack,
      ];
    case "RESOLVED":
    case "ABANDONED":
      return [command("Conversation", "reopen", "Reopen", actions.reopen)];
  }
}

function deskCommands(row: ConversationRow, { actions, open }: Doing): Command[] {
  const snoozed = row.attributes.snoozedUntil !== undefined;
  const withPeople = row.state.state === "WAITING_HUMAN" || row.state.state === "WITH_HUMAN";
  return [
    ...(withPeople
      ? [
          command(
            "Conversation",
            "snooze",
            snoozed ? "Change the snooze" : "Snooze",
            () => open("snooze"),
            letter("h"),
          ),
        ]
      : []),
    ...(snoozed ? [command("Conversation", "wake", "Wake now", actions.wake)] : []),
    command("Conversation", "tags", "Change tags", () => open("tags"), letter("l")),
    command("Conversation", "macros", "Run a macro", () => open("macros"), letter("m")),
  ];
}

function chosenCommands({ bulk, open, choose }: Doing): Command[] {
  return [
    command("Selection", "chosen-assign", "Assign the chosen", () => open("assign"), letter("a", "i")),
    command("Selection", "chosen-resolve", "Resolve the chosen", bulk.resolve, letter("e")),
    command("Selection", "chosen-snooze", "Snooze the chosen", () => open("snooze"), letter("h")),
    command("Selection", "chosen-tags", "Tag the chosen", () => open("tags"), letter("l")),
    command("Selection", "chosen-read", "Mark the chosen as read", bulk.markRead, letter("u")),
    command("Selection", "chosen-none", "Choose none", () => choose("none"), {
      bindings: ["Escape"],
      shown: "Esc",
    }),
  ];
}

function writeCommands(row: ConversationRow, doing: Doing): Command[] {
  const { state, operator } = row.state;
  const watching = state === "WITH_HUMAN" && operator?.id !== doing.me;
  return [
    command("Write", "reply", "Write a reply", () => doing.write("reply"), letter("r")),
    command("Write", "note", "Write a note", () => doing.write("note"), letter("n")),
    ...(watching
      ? [
          command(
            "Write",
            "whisper",
            `Whisper to ${operator?.name ?? "the operator"}`,
            () => doing.write("whisper"),
            letter("w"),
          ),
        ]
      : []),
    ...(doing.held
      ? [command("Write", "undoSend", "Take the last reply back", doing.undoSend, letter("z"))]
      : []),
    command("Write", "copilot", "Show the co-pilot", doing.showCopilot, letter("c")),
  ];
}

function moveCommands(doing: Doing): Command[] {
  return [
    command("Move", "next", "Next conversation", () => doing.step(1), letter("j")),
    command("Move", "previous", "Previous conversation", () => doing.step(-1), letter("k")),
    command("Move", "choose", "Choose for a bulk action", () => doing.choose("toggle"), letter("x")),
    command("Move", "choose-down", "Choose the next one too", () => doing.choose("down"), {
      bindings: ["Shift+j"],
      shown: "⇧ J",
    }),
    command("Move", "choose-up", "Choose the previous one too", () => doing.choose("up"), {
      bindings: ["Shift+k"],
      shown: "⇧ K",
    }),
    ...(doing.row
      ? [
          command("Move", "details", "Show or hide details", doing.toggleDetails, {
            // Not every keyboard has the bracket where it can be reached.
            bindings: ["]", "d"],
            shown: "]",
          }),
        ]
      : []),
    ...(doing.row && doing.chosen === 0
      ? [
          command("Move", "leave", "Close the conversation", doing.leave, {
            bindings: ["Escape"],
            shown: "Esc",
          }),
        ]
      : []),
  ];
}

function inboxCommands({ open, sort }: Doing): Command[] {
  return [
    ...(sort
      ? [
          command(
            "Inbox",
            "sort",
            sort.by === "due" ? "Sort by who waits longest" : "Sort by oldest SLA first",
            sort.turn,
            letter("o"),
          ),
        ]
      : []),
    command("Inbox", "palette", "Command palette", () => open("palette"), {
      bindings: ["$mod+k"],
      shown: "⌘ K",
    }),
    command("Inbox", "search", "Search conversations and contacts", () => open("search"), {
      // On many keyboards the slash itself needs Shift.
      bindings: ["[Shift]+/"],
      shown: "/",
    }),
    command("Inbox", "keys", "Keyboard shortcuts and settings", () => open("keys"), {
      bindings: ["[Shift]+?"],
      shown: "?",
    }),
  ];
}
