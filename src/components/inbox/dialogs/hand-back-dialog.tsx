"use client";

import { Bot } from "lucide-react";
import { useState } from "react";
import type { Actions } from "#components/inbox/use-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";

type Props = { actions: Actions; agentName: string; onClose: () => void };

/** Gives the conversation back to the assistant, which then knows all that was said. */
export function HandBackDialog({ actions, agentName, onClose }: Props) {
  const [note, setNote] = useState("");

  async function handBack() {
    if (await actions.handBack(note)) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Hand back to ${agentName}`}
      description="The assistant answers from the next message on, with everything that was said here."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={actions.busy === "handBack"} onClick={handBack}>
            <Bot aria-hidden />
            Hand back
          </Button>
        </>
      }
    >
      <Field label="Note" optional description="What was agreed, for the assistant and for your colleagues.">
        <Textarea
          value={note}
          maxLength={2_000}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) handBack();
          }}
        />
      </Field>
    </Dialog>
  );
}
