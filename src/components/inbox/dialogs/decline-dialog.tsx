"use client";

import { useId, useState } from "react";
import type { Actions } from "#components/inbox/use-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = { actions: Actions; onClose: () => void };

const usual = ["On a call", "Not my area", "About to leave"];

/** Refuses a conversation that is offered, with a reason for colleagues; Enter alone is enough. */
export function DeclineDialog({ actions, onClose }: Props) {
  const form = useId();
  const [reason, setReason] = useState("");

  async function decline() {
    if (await actions.decline(reason)) onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Decline this conversation"
      description="It is offered to the next colleague at once. The customer is told nothing."
      className="max-w-sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" busy={actions.busy === "decline"}>
            Decline
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          void decline();
        }}
      >
        <Field label="Reason, for your colleagues" optional>
          <Input
            dir="auto"
            value={reason}
            maxLength={300}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <div className="flex flex-wrap gap-1.5">
          {usual.map((words) => (
            <Button
              key={words}
              size="sm"
              aria-pressed={reason === words}
              onClick={() => setReason(reason === words ? "" : words)}
              className="rounded-full"
            >
              {words}
            </Button>
          ))}
        </div>
      </form>
    </Dialog>
  );
}
