"use client";

import { useDeferredValue, useState } from "react";
import type { z } from "zod";
import { asWireError } from "#client/wire-error";
import { useContacts } from "#components/inbox/data/queries.ts";
import { ago } from "#components/inbox/times.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ChannelName } from "#contracts/channel";
import type { ContactList } from "#contracts/contacts";

export type FoundContact = z.infer<typeof ContactList>["contacts"][number];

type Props = { except: string; onChoose: (contact: FoundContact) => void };

/** The company's contacts by name or address, but for one. */
export function ContactSearch({ except, onChoose }: Props) {
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  const { data, error, isPending, isPlaceholderData, refetch } = useContacts(asked);
  const others = (data ?? []).filter(({ id }) => id !== except);
  return (
    <SearchList
      label="Contact to keep"
      placeholder="Name or e-mail…"
      query={query}
      onQuery={setQuery}
      items={error ? [] : others}
      keyOf={({ id }) => id}
      onChoose={onChoose}
      className="h-72"
      empty={
        <div className="h-70">
          {error ? (
            <Callout tone="bad" title="The contacts did not load">
              <p>{asWireError(error).message}</p>
              <Button size="sm" className="mt-2" onClick={() => refetch()}>
                Try again
              </Button>
            </Callout>
          ) : undefined}
          {isPending ? <Loading /> : undefined}
          {data && !error && !isPlaceholderData ? nobody(asked) : undefined}
        </div>
      }
    >
      {(contact) => <ContactLine contact={contact} />}
    </SearchList>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-2">
      <span className="sr-only">Loading the contacts</span>
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
    </div>
  );
}

/** One contact among others: name, address, where they write, and how long ago. */
function ContactLine({ contact }: { contact: FoundContact }) {
  const { name, email, channels, lastSeenAt } = contact;
  return (
    <>
      <Avatar name={name} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-left font-medium in-[html[dir=rtl]]:text-right">
          {name}
        </span>
        {email ? <bdi className="block truncate text-ink-3 text-xs">{email}</bdi> : undefined}
      </span>
      <Channels channels={channels.flatMap((each) => ChannelName.safeParse(each).data ?? [])} />
      <time dateTime={lastSeenAt} className="w-12 shrink-0 text-end text-ink-3 text-xs tabular-nums">
        {ago(lastSeenAt, Date.now())}
      </time>
    </>
  );
}

/** The channels on which somebody writes, as pictures with their names for who cannot see them. */
function Channels({ channels }: { channels: ChannelName[] }) {
  return (
    <span className="flex shrink-0 items-center gap-1 text-ink-3">
      {channels.map((channel) => (
        <span key={channel} title={channelLabel(channel)} className="flex">
          <ChannelIcon channel={channel} className="size-3.5" />
          <span className="sr-only">{channelLabel(channel)}</span>
        </span>
      ))}
    </span>
  );
}

function nobody(query: string): string {
  return query === "" ? "There is no other contact yet." : "Nobody has this name or address.";
}
