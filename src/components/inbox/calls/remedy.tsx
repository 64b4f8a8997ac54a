"use client";

import { asWireError } from "#client/wire-error";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { phone } from "./phone-api.ts";
import type { Refusal } from "./refusal.ts";

type Props = { refusal: Refusal; leadId: string; onDone: () => void };

/** What can be done about a call that may not be made, where there is something. */
export function Remedy({ refusal, leadId, onDone }: Props) {
  async function consent() {
    try {
      await phone.changeLead(leadId, { callConsent: true });
      onDone();
    } catch (error) {
      toast.error(asWireError(error).message);
    }
  }

  if (refusal.remedy === "policy")
    return (
      <a href="/settings/calls" className="font-medium underline underline-offset-2 hover:no-underline">
        Rules for calls
      </a>
    );
  if (refusal.remedy !== "consent") return undefined;
  return (
    <Button variant="link" size="sm" onClick={consent}>
      They have agreed to be called
    </Button>
  );
}
