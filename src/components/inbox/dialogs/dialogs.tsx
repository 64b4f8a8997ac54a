"use client";

import { SearchDialog } from "#components/inbox/search/search-dialog.tsx";
import type { Desk } from "#components/inbox/use-desk.ts";
import type { Go } from "#components/inbox/use-place.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { DeclineDialog } from "./decline-dialog.tsx";
import { HandBackDialog } from "./hand-back-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { MacrosDialog } from "./macros-dialog.tsx";
import { Palette } from "./palette.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { TagsDialog } from "./tags-dialog.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";

export type DialogName =
  | "transfer"
  | "hand-back"
  | "decline"
  | "keys"
  | "palette"
  | "search"
  | "snooze"
  | "tags"
  | "macros"
  | "assign";

type Props = { desk: Desk; go: Go };

/** Whichever question stands above the inbox now; about all that are chosen, where some are. */
export function Dialogs({ desk, go }: Props) {
  const { dialog, setDialog, actions, bulk, commands, rows, selection, thread } = desk;
  const onClose = () => setDialog(undefined);
  const row = thread.data?.row;
  const chosen = rows.filter(({ id }) => selection.has(id));
  const many = selection.ids.length > 0;

  switch (dialog) {
    case "keys":
      return <KeysDialog commands={commands} onClose={onClose} />;
    case "palette":
      return (
        <Palette
          commands={commands}
          rows={rows}
          open={(conversationId) => go({ conversationId })}
          onSearch={() => setDialog("search")}
          onClose={onClose}
        />
      );
    case "search":
      return <SearchDialog go={go} onClose={onClose} />;
    case "assign":
      return <AssignDialog count={selection.ids.length} onAssign={bulk.assign} onClose={onClose} />;
    case "snooze":
      if (many)
        return (
          <SnoozeDialog
            count={selection.ids.length}
            onSnooze={bulk.snooze}
            onWake={bulk.wake}
            onClose={onClose}
          />
        );
      return row ? (
        <SnoozeDialog
          count={1}
          snoozedUntil={row.attributes.snoozedUntil}
          onSnooze={actions.snooze}
          onWake={actions.wake}
          onClose={onClose}
        />
      ) : undefined;
    case "tags":
      if (many) return <TagsDialog rows={chosen} onTag={bulk.tag} onClose={onClose} />;
      return row ? <TagsDialog rows={[row]} onTag={actions.tag} onClose={onClose} /> : undefined;
    case "macros":
      return row ? <MacrosDialog row={row} onClose={onClose} /> : undefined;
    case "transfer":
      return row ? <TransferDialog actions={actions} state={row.state} onClose={onClose} /> : undefined;
    case "hand-back":
      return row ? (
        <HandBackDialog actions={actions} agentName={row.agent.name} onClose={onClose} />
      ) : undefined;
    case "decline":
      return <DeclineDialog actions={actions} onClose={onClose} />;
    case undefined:
      return undefined;
  }
}
