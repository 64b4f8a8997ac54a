"use client";

import { PhoneOutgoing } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { type Refusal, refusalIn } from "#components/inbox/calls/refusal.ts";
import { Remedy } from "#components/inbox/calls/remedy.tsx";
import { newClientId } from "#components/inbox/client-id.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { practice } from "./practice-api.ts";

type Props = { number: string; leadId: string | undefined };

/** Has the assistant call the phone: it rings there. */
export function CallBackCard({ number, leadId }: Props) {
  const [about, setAbout] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const empty = about.trim() === "" || leadId === undefined;

  async function call() {
    if (empty) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      await practice.callBack(number, about.trim(), newClientId());
      setAbout("");
    } catch (error) {
      setRefusal(refusalIn(asWireError(error)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card>
      <CardHeader title="Call the customer" />
      <CardBody>
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void call();
          }}
        >
          <Field label="What the call is about" className="flex-1">
            <Input
              dir="auto"
              value={about}
              maxLength={2_000}
              placeholder="Your tent is repaired"
              onChange={(event) => setAbout(event.target.value)}
            />
          </Field>
          <Button type="submit" busy={busy} disabled={empty} focusableWhenDisabled>
            <PhoneOutgoing aria-hidden />
            Call
          </Button>
        </form>
        {refusal && leadId ? (
          <Callout tone="warning" title="The call was not made">
            {refusal.words} <Remedy refusal={refusal} leadId={leadId} onDone={() => setRefusal(undefined)} />
          </Callout>
        ) : (
          <p className="text-ink-3 text-xs">
            {leadId
              ? "The phone rings here. Consent, quiet hours and caps hold as for any customer."
              : "The number must have written or called once."}
          </p>
        )}
      </CardBody>
    </Card>
  );
}
