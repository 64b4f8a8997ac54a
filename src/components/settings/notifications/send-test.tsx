"use client";

import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { TestAlertResult } from "#contracts/notifications";

/** Sends the reader a test, and says what became of it. */
export function SendTest({ channel }: { channel: "push" | "email" }) {
  const [busy, setBusy] = useState(false);

  async function send() {
    setBusy(true);
    const answer = await callApi<TestAlertResult>("POST", "/api/agent/notifications/test", { channel });
    setBusy(false);
    if (answer.ok) tell(channel, answer.data);
    else toast.error(answer.message);
  }

  return (
    <Button busy={busy} onClick={() => void send()}>
      Send me a test
    </Button>
  );
}

function tell(channel: "push" | "email", { sent, gone, failed }: TestAlertResult): void {
  if (sent > 0) {
    const devices = sent === 1 ? "one browser" : `${sent} browsers`;
    toast.success(channel === "email" ? "The letter is on its way" : `On its way to ${devices}`, {
      description: failed > 0 ? `${failed} could not be reached.` : undefined,
    });
  } else if (gone > 0)
    toast.error("The browser has ended its subscription. Turn notifications on once more.");
  else toast.error("The push service did not take it. Try again in a moment.");
}
