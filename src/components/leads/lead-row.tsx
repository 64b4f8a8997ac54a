"use client";

import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { leadStatuses } from "#components/inbox/calls/lead-statuses.ts";
import { phone } from "#components/inbox/calls/phone-api.ts";
import { Ago } from "#components/settings/channels/ago.tsx";
import { phoneWords } from "#components/telephony/number-words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ListRow, stacksOnPhones } from "#components/ui/list.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { toldName } from "#contracts/canned-words";
import type { LeadStatus, LeadView } from "#contracts/telephony";

/** One lead: who it is, by which number, how far they are, and the way to what was said. */
export function LeadRow({ lead }: { lead: LeadView }) {
  const { contact, phoneNumber, conversationId, lastCallAt, optedOutAt, callConsentAt } = lead;
  const [status, setStatus] = useState(lead.status);

  async function change(to: LeadStatus) {
    const before = status;
    setStatus(to);
    try {
      await phone.changeLead(lead.id, { status: to });
    } catch (error) {
      setStatus(before);
      toast.error(asWireError(error).message);
    }
  }

  return (
    <ListRow
      className={stacksOnPhones}
      leading={<Avatar name={contact.name} size="md" />}
      title={
        conversationId ? (
          <a href={`/inbox/${conversationId}?view=all`} className="rounded-sm hover:underline">
            <bdi>{contact.name}</bdi>
          </a>
        ) : (
          <bdi>{contact.name}</bdi>
        )
      }
      description={
        <>
          {toldName(contact.name) === "" ? (
            "Name not known"
          ) : (
            <bdi className="tabular-nums">{phoneWords(phoneNumber)}</bdi>
          )}
          {lastCallAt ? (
            <>
              {" · last call "}
              <Ago value={lastCallAt} />
            </>
          ) : undefined}
        </>
      }
      meta={
        <>
          {optedOutAt ? <Badge tone="red">Sent STOP</Badge> : undefined}
          {callConsentAt ? <Badge tone="green">May be called</Badge> : undefined}
        </>
      }
      actions={
        <Select
          aria-label={`Status of ${contact.name}`}
          className="w-32"
          items={leadStatuses}
          value={status}
          onValueChange={change}
        />
      }
    />
  );
}
