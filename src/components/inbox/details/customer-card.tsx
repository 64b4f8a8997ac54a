"use client";

import { Merge } from "lucide-react";
import { useState } from "react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { fullMoment } from "#components/inbox/times.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { safeHref } from "#components/ui/markdown.tsx";
import { languageName } from "#contracts/language-name";
import type { Customer } from "#contracts/operator";
import { Fact, Facts } from "./facts.tsx";
import { browserWords, knownBy } from "./identity-words.ts";
import { LocalTime } from "./local-time.tsx";
import { MergeDialog } from "./merge-dialog.tsx";

/** Who the customer is, as far as they told. */
export function CustomerCard({ thread }: { thread: Thread }) {
  const { customer, row } = thread;
  const { name, locale, page, timeZone, device, firstSeenAt, channels } = customer;
  const browser = browserWords(device, locale && languageName(locale));
  return (
    <div className="border-line border-b px-4 py-4">
      <div className="flex items-center gap-3">
        <Avatar name={name} size="lg" status={statusOf(thread)} />
        <div className="min-w-0">
          <p dir="auto" className="truncate text-left font-semibold text-base in-[html[dir=rtl]]:text-right">
            {name}
          </p>
          <Whereabouts thread={thread} />
        </div>
      </div>
      <div className="mt-4">
        <Facts>
          <Fact name="Identity" wraps>
            Not verified
            <span className="block text-ink-3 text-xs">{knownBy(row.channel)}</span>
          </Fact>
          {timeZone ? (
            <Fact name="Local time" wraps>
              <LocalTime timeZone={timeZone} />
            </Fact>
          ) : undefined}
          {browser ? (
            <Fact name="Browser" wraps>
              {browser}
            </Fact>
          ) : undefined}
          {page ? (
            <Fact name="Page">
              <PageLink page={page} />
            </Fact>
          ) : undefined}
          {thread.channel ? <Fact name="Channel">{thread.channel.connection.name}</Fact> : undefined}
          {channels.length > 1 ? (
            <Fact name="Writes on" wraps>
              <ul className="flex flex-wrap gap-x-3 gap-y-1">
                {channels.map((channel) => (
                  <li key={channel} className="flex items-center gap-1">
                    <ChannelIcon channel={channel} className="size-3.5 text-ink-3" />
                    {channelLabel(channel)}
                  </li>
                ))}
              </ul>
            </Fact>
          ) : undefined}
          <Fact name="Assistant">{row.agent.name}</Fact>
          <Fact name="Started">{fullMoment(row.createdAt)}</Fact>
          <Fact name="First seen">{fullMoment(firstSeenAt)}</Fact>
        </Facts>
      </div>
      <SamePerson key={customer.id} customer={customer} />
    </div>
  );
}

/** The way to make the customer and another contact one. */
function SamePerson({ customer }: { customer: Customer }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" className="mt-4" onClick={() => setOpen(true)}>
        <Merge aria-hidden />
        Same person as…
      </Button>
      {open ? <MergeDialog customer={customer} onClose={() => setOpen(false)} /> : undefined}
    </>
  );
}

/** Only the web chat knows whether its customer is there. */
function statusOf({ row, customerOnline }: Thread) {
  if (row.channel !== "web") return undefined;
  return customerOnline ? "online" : "offline";
}

function Whereabouts({ thread: { row, customerOnline } }: { thread: Thread }) {
  if (row.channel === "web")
    return <p className="text-ink-3 text-xs">{customerOnline ? "Online now" : "Not here now"}</p>;
  return (
    <p className="flex items-center gap-1 text-ink-3 text-xs">
      <ChannelIcon channel={row.channel} className="size-3.5" />
      {channelLabel(row.channel)}
    </p>
  );
}

function PageLink({ page }: { page: string }) {
  const href = safeHref(page);
  const short = page.replace(/^https?:\/\//, "");
  if (!href) return short;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={page}
      className="text-accent-ink hover:underline"
    >
      {short}
    </a>
  );
}
