"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { newClientId } from "#components/inbox/client-id.ts";
import { desk } from "#components/inbox/data/desk-api.ts";
import { followEvent } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Macro, MacroRun } from "#contracts/desk-tools";
import type { ConversationRow } from "#contracts/operator";

/** Runs a macro once, tells what it did, and takes that back with one press. */
export function useMacroRun(macro: Macro, row: ConversationRow, onClose: () => void) {
  const client = useQueryClient();
  const { me } = useInbox();
  const [busy, setBusy] = useState(false);
  // One press is one run, however often its request has to be made.
  const [clientId] = useState(newClientId);
  const follow = (next: ConversationRow) =>
    followEvent(client, { type: "row", conversationId: next.id, row: next }, me.id);

  async function undo(steps: MacroRun["steps"]) {
    // Backwards: what was done last is undone first.
    for (const { undo: action } of steps.toReversed()) {
      if (!action) continue;
      const [outcome] = await desk.bulk([{ conversationId: row.id, action }]);
      if (outcome?.row) follow(outcome.row);
      if (outcome?.problem) toast.error(outcome.problem);
    }
  }

  async function start() {
    setBusy(true);
    try {
      const { steps, row: after } = await desk.runMacro(macro.id, row.id, clientId);
      follow(after);
      tell(macro.name, steps, () => undo(steps).catch((error) => toast.error(asWireError(error).message)));
      onClose();
    } catch (error) {
      toast.error(asWireError(error).message);
      setBusy(false);
    }
  }
  return { busy, start };
}

function tell(name: string, steps: MacroRun["steps"], undo: () => unknown) {
  const failed = steps.find(({ outcome }) => outcome === "failed");
  const canUndo = steps.some((step) => step.undo !== undefined);
  const options = {
    duration: 8_000,
    ...(canUndo ? { action: { label: "Undo", onClick: () => void undo() } } : {}),
  };
  if (!failed) return void toast.success(`“${name}” is done`, options);
  const done = steps.filter(({ outcome }) => outcome === "done").length;
  toast.error(`“${name}” stopped after ${done} of ${steps.length} steps`, {
    ...options,
    description: failed.problem ?? failed.sentence,
  });
}
