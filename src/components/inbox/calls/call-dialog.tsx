"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Phone } from "lucide-react";
import { useId, useState } from "react";
import { asWireError } from "#client/wire-error";
import { newClientId } from "#components/inbox/client-id.ts";
import { keys } from "#components/inbox/data/queries.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { phoneWords } from "#components/telephony/number-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { LeadMark } from "#contracts/telephony";
import { phone } from "./phone-api.ts";
import { type Refusal, refusalIn, refusalOf } from "./refusal.ts";
import { Remedy } from "./remedy.tsx";

type Props = { thread: Thread; lead: LeadMark; onClose: () => void };

/** Has the assistant call the customer: asks what for, and says why where it may not. */
export function CallDialog({ thread, lead, onClose }: Props) {
  const { row } = thread;
  const { me } = useInbox();
  const form = useId();
  const call = useCall(thread, onClose);
  const [about, setAbout] = useState("");
  const standing = refusalOf(row, me.id);
  const refusal = standing ?? call.refusal;
  const empty = about.trim() === "";

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Call ${row.customer.name}`}
      description={`${row.agent.name} calls ${phoneWords(lead.phoneNumber)} and speaks. You can follow it here.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            busy={call.busy}
            disabled={empty || standing !== undefined}
            focusableWhenDisabled
          >
            <Phone aria-hidden />
            Call now
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty && !standing) void call.make(about.trim());
        }}
      >
        {refusal ? (
          <Callout tone="warning" title="The call cannot be made">
            {refusal.words} <Remedy refusal={refusal} leadId={lead.id} onDone={call.allowed} />
          </Callout>
        ) : undefined}
        <Field
          label="What is the call about?"
          description="The assistant is told this and what was written before, and begins with it."
        >
          <Textarea
            dir="auto"
            value={about}
            maxLength={2_000}
            placeholder="Tell them that the tent is repaired, and ask where to send it."
            onChange={(event) => setAbout(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function useCall({ row }: Thread, onClose: () => void) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  // A second press after a lost answer is the same call.
  const [clientId] = useState(newClientId);

  async function make(context: string) {
    setBusy(true);
    setRefusal(undefined);
    try {
      await phone.call({ conversationId: row.id, context, clientId });
      toast.success(`Calling ${row.customer.name}`);
      onClose();
    } catch (error) {
      setRefusal(refusalIn(asWireError(error)));
    } finally {
      setBusy(false);
    }
  }

  function allowed() {
    setRefusal(undefined);
    void client.invalidateQueries({ queryKey: keys.thread(row.id) });
  }

  return { busy, refusal, make, allowed };
}
