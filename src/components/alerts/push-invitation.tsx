"use client";

import { BellRing } from "lucide-react";
import { useState } from "react";
import { useStored } from "#components/inbox/use-stored.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { turnPushOn, usePush } from "./push.ts";

const day = 86_400_000;
/** Who said "later" is not asked again for so long. */
const patience = 30 * day;

/** Says what notifications are good for before the browser asks for leave to show them. */
export function PushInvitation() {
  const { state } = usePush();
  const [askedLater, setAskedLater] = useStored("push-later", 0);
  const [busy, setBusy] = useState(false);
  if (state !== "ask" || Date.now() - askedLater < patience) return undefined;

  async function turnOn() {
    setBusy(true);
    const { state: now, problem } = await turnPushOn();
    setBusy(false);
    if (now === "on") toast.success("You will be told here, also while this window is closed.");
    else if (problem !== undefined) toast.error(problem);
  }

  return (
    <section aria-label="Desktop notifications" className="border-line border-t bg-canvas/60 p-4">
      <div className="flex gap-3">
        <BellRing className="mt-0.5 size-4 shrink-0 text-accent-ink" aria-hidden />
        <div className="min-w-0">
          <p className="font-medium text-ink text-sm">Hear of customers while you look elsewhere</p>
          <p className="mt-0.5 text-ink-2 text-xs">
            Your browser will ask for leave next. Only who it is and why is shown, never what they wrote.
          </p>
          <div className="mt-2.5 flex gap-2">
            <Button variant="primary" size="sm" busy={busy} onClick={turnOn}>
              Turn on
            </Button>
            <Button variant="ghost" size="sm" onClick={() => setAskedLater(Date.now())}>
              Later
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
