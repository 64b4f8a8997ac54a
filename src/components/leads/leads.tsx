"use client";

import { QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { PhoneCall, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { leadStatuses } from "#components/inbox/calls/lead-statuses.ts";
import { get, query as queryOf } from "#components/inbox/data/call.ts";
import { MoreButton } from "#components/settings/channels/more-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { List } from "#components/ui/list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { LeadPage, type LeadStatus } from "#contracts/telephony";
import { LeadRow } from "./lead-row.tsx";

type Wanted = LeadStatus | "any";

const wanted: { value: Wanted; label: string }[] = [{ value: "any", label: "Any status" }, ...leadStatuses];

/** Everybody whom the company knows by a phone number. */
export function Leads() {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <div className="h-full overflow-y-auto">
        <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-8 sm:py-8">
          <PageHeader
            title="Leads"
            description="Everybody who has texted or called one of your numbers, newest first."
          />
          <Found />
        </div>
      </div>
    </QueryClientProvider>
  );
}

function Found() {
  const [words, setWords] = useState("");
  const [status, setStatus] = useState<Wanted>("any");
  const asked = { query: useDeferredValue(words.trim()), status: status === "any" ? undefined : status };
  const narrowed = asked.query !== "" || asked.status !== undefined;
  const found = useInfiniteQuery({
    queryKey: ["leads", asked],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      get(`/api/agent/leads${queryOf({ ...asked, cursor })}`, LeadPage, signal),
    getNextPageParam: (page) => page.next,
  });
  const leads = found.data?.pages.flatMap((page) => page.leads);
  return (
    <>
      <search className="mb-4 flex flex-wrap gap-2">
        <div className="relative min-w-56 flex-1">
          <Search className="pointer-events-none absolute start-2.5 top-2 size-4 text-ink-3" aria-hidden />
          <Input
            type="search"
            aria-label="Find a lead"
            placeholder="Name or number"
            value={words}
            maxLength={100}
            onChange={(event) => setWords(event.target.value)}
            className="ps-8"
          />
        </div>
        <Select
          aria-label="Status"
          className="w-40"
          items={wanted}
          value={status}
          onValueChange={setStatus}
        />
      </search>
      <Card>
        {found.isPending ? <Loading /> : undefined}
        {found.isError ? <Failed onRetry={() => void found.refetch()} /> : undefined}
        {leads?.length === 0 ? <Nobody narrowed={narrowed} /> : undefined}
        {leads && leads.length > 0 ? (
          <List aria-label="Leads">
            {leads.map((lead) => (
              <LeadRow key={lead.id} lead={lead} />
            ))}
          </List>
        ) : undefined}
        {found.hasNextPage ? (
          <MoreButton
            busy={found.isFetchingNextPage}
            onMore={async () => {
              await found.fetchNextPage();
            }}
          />
        ) : undefined}
      </Card>
    </>
  );
}

function Loading() {
  return (
    <div role="status" className="flex flex-col gap-4 px-5 py-5">
      <span className="sr-only">Loading leads</span>
      {["w-64", "w-80", "w-56"].map((width) => (
        <Skeleton key={width} className={`h-5 max-w-full ${width}`} />
      ))}
    </div>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <EmptyState
      icon={<PhoneCall />}
      title="The leads did not load"
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      The server did not answer. Nothing is lost.
    </EmptyState>
  );
}

function Nobody({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <EmptyState icon={<Search />} title="Nobody is found">
      Try part of a name, or the last digits of a number.
    </EmptyState>
  ) : (
    <EmptyState icon={<PhoneCall />} title="No leads yet">
      Whoever texts or calls one of your phone numbers stands here from that moment on.
    </EmptyState>
  );
}
