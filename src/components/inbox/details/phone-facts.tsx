"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { CallButton } from "#components/inbox/calls/call-button.tsx";
import { leadStatuses } from "#components/inbox/calls/lead-statuses.ts";
import { phone } from "#components/inbox/calls/phone-api.ts";
import { keys } from "#components/inbox/data/queries.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { fullMoment } from "#components/inbox/times.ts";
import { phoneWords } from "#components/telephony/number-words.ts";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { LeadMark, LeadStatus } from "#contracts/telephony";
import { Fact, Facts } from "./facts.tsx";

type Props = { thread: Thread; lead: LeadMark };

/** Whom the company knows by a phone number, how far they are, and whether they may be called. */
export function PhoneFacts({ thread, lead }: Props) {
  const { shown, change } = useChange(thread.row.id, lead);
  return (
    <div className="flex flex-col gap-3">
      <Facts>
        <Fact name="Number">
          <a href={`tel:${shown.phoneNumber}`} className="text-accent-ink tabular-nums hover:underline">
            <bdi>{phoneWords(shown.phoneNumber)}</bdi>
          </a>
        </Fact>
        <Fact name="Status" wraps>
          <Select
            aria-label="Status"
            items={leadStatuses}
            value={shown.status}
            onValueChange={(status) => change({ ...shown, status }, { status })}
          />
        </Fact>
        <Fact name="Calls" wraps>
          <span className="flex min-h-6 items-center gap-2">
            <Switch
              aria-label="May be called"
              checked={shown.callConsentAt !== undefined}
              onCheckedChange={(callConsent) =>
                change(
                  { ...shown, callConsentAt: callConsent ? new Date().toISOString() : undefined },
                  { callConsent },
                )
              }
            />
            {shown.callConsentAt ? "Agreed to be called" : "Has not agreed yet"}
          </span>
        </Fact>
        {shown.optedOutAt ? (
          <Fact name="SMS" wraps>
            Sent STOP {fullMoment(shown.optedOutAt)}
          </Fact>
        ) : undefined}
      </Facts>
      {thread.phoneSummary ? <Said summary={thread.phoneSummary} /> : undefined}
      <p className="flex items-center justify-between gap-2">
        <CallButton thread={thread} look="words" />
        <a href="/leads" className="text-accent-ink text-xs hover:underline">
          All leads
        </a>
      </p>
    </div>
  );
}

/** What was said before by voice and SMS, a point a line. */
function Said({ summary }: { summary: string }) {
  return (
    <div className="rounded-lg border border-line bg-sunken px-3 py-2 text-sm">
      <h4 className="mb-1 font-medium text-ink-3 text-xs">What was said before</h4>
      <ul className="flex list-disc flex-col gap-1 ps-4 marker:text-ink-3">
        {summary.split("\n").map((point) => (
          <li key={point} dir="auto" className="[overflow-wrap:anywhere]">
            {point}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The lead as the operator has just changed it; as it was again where the server says no. */
function useChange(conversationId: string, lead: LeadMark) {
  const client = useQueryClient();
  const [changed, setChanged] = useState<LeadMark>();

  async function change(to: LeadMark, body: { status?: LeadStatus; callConsent?: boolean }) {
    setChanged(to);
    try {
      await phone.changeLead(lead.id, body);
      await client.invalidateQueries({ queryKey: keys.thread(conversationId) });
    } catch (error) {
      toast.error(asWireError(error).message);
    } finally {
      setChanged(undefined);
    }
  }

  return { shown: changed ?? lead, change };
}
