"use client";

import type { Thread } from "#components/inbox/data/thread.ts";
import type { Actions } from "#components/inbox/use-actions.ts";
import type { Command } from "#components/inbox/use-commands.ts";
import type { ConversationRow } from "#contracts/operator";
import { HandBackDialog } from "./hand-back-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { Palette } from "./palette.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";

export type DialogName = "transfer" | "hand-back" | "keys" | "palette";

type Props = {
  name: DialogName | undefined;
  close: () => void;
  thread: Thread | undefined;
  actions: Actions;
  commands: Command[];
  rows: ConversationRow[];
  open: (id: string) => void;
};

/** Whichever question stands above the inbox now. */
export function Dialogs({ name, close, thread, actions, commands, rows, open }: Props) {
  const { row } = thread ?? {};
  if (name === "keys") return <KeysDialog commands={commands} onClose={close} />;
  if (name === "palette") return <Palette commands={commands} rows={rows} open={open} onClose={close} />;
  if (name === "transfer" && row) {
    return <TransferDialog actions={actions} holder={row.state.operator?.id} onClose={close} />;
  }
  if (name === "hand-back" && row) {
    return <HandBackDialog actions={actions} agentName={row.agent.name} onClose={close} />;
  }
  return undefined;
}
