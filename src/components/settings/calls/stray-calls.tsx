"use client";

import { ChevronRight, PhoneMissed } from "lucide-react";
import { duration } from "#components/inbox/calls/call-words.ts";
import { Ago } from "#components/settings/channels/ago.tsx";
import { MoreButton } from "#components/settings/channels/more-button.tsx";
import { useMore } from "#components/settings/channels/use-more.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { StrayCall } from "#contracts/telephony";

export type StrayPage = { calls: StrayCall[]; next?: string | undefined };

/** Calls that were reported and belong to no customer, newest first: nothing that was said is lost. */
export function StrayCalls({ page }: { page: StrayPage }) {
  const list = useMore(page, "/api/admin/stray-calls", (body: StrayPage) => ({
    items: body.calls,
    next: body.next,
  }));
  return (
    <Card className="mt-6">
      <CardHeader
        title="Calls without a customer"
        description="ElevenLabs reported these to one of your numbers, and none of your customers goes with them: a test from its dashboard, for example, or a withheld number."
      />
      {list.items.length === 0 ? (
        <EmptyState icon={<PhoneMissed />} title="There are none">
          Every call that was reported stands in its customer's conversation.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {list.items.map((call) => (
            <StrayRow key={call.id} call={call} />
          ))}
        </ul>
      )}
      {list.hasMore ? <MoreButton busy={list.busy} onMore={list.more} /> : undefined}
    </Card>
  );
}

function StrayRow({ call }: { call: StrayCall }) {
  const { phoneNumber, reason, startedAt, receivedAt, durationSeconds, transcript, summary } = call;
  return (
    <li className="flex flex-col gap-1 px-5 py-3.5">
      <p className="flex flex-wrap items-baseline gap-x-2 font-medium text-ink text-sm">
        <bdi className="tabular-nums">{phoneNumber ?? "Number withheld"}</bdi>
        <span className="font-normal text-ink-3 text-xs">
          <Ago value={startedAt ?? receivedAt} />
          {durationSeconds === undefined ? "" : ` · ${duration(durationSeconds)}`}
        </span>
      </p>
      <p className="text-ink-2 text-sm">{reason}</p>
      {summary ? (
        <p dir="auto" className="text-ink-2 text-sm">
          {summary}
        </p>
      ) : undefined}
      {transcript.length > 0 ? (
        <details className="group">
          <summary className="inline-flex list-none items-center gap-1 rounded-sm text-ink-2 text-xs hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight
              aria-hidden
              className="size-3.5 transition-transform group-open:rotate-90 rtl:rotate-180 rtl:group-open:rotate-90"
            />
            What was said
          </summary>
          <ol className="mt-2 flex flex-col gap-1.5 text-sm">
            {transcript.map((turn, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: turns have no id, and never change.
              <li key={index} className="grid grid-cols-[5rem_1fr] gap-x-2">
                <span className="text-ink-3">{turn.author === "customer" ? "Caller" : "Assistant"}</span>
                <span dir="auto" className="min-w-0 break-words text-ink">
                  {turn.text}
                </span>
              </li>
            ))}
          </ol>
        </details>
      ) : undefined}
    </li>
  );
}
