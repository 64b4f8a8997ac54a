"use client";

import { type ReactElement, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Outcome } from "./call-api.ts";

type Props = {
  trigger: ReactElement<Record<string, unknown>>;
  title: string;
  children: ReactNode;
  action: string;
  run: () => Promise<Outcome<unknown>>;
  onDone: () => void;
};

/** Asks before something is taken away, and names what it is. */
export function ConfirmButton({ trigger, title, children, action, run, onDone }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    const outcome = await run();
    setBusy(false);
    setOpen(false);
    if (outcome.ok) onDone();
    else toast.error(outcome.message);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={title}
      footer={
        <>
          <Button onClick={() => setOpen(false)} disabled={busy}>
            Cancel
          </Button>
          <Button variant="danger" busy={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="text-ink-2 text-sm">{children}</div>
    </Dialog>
  );
}
