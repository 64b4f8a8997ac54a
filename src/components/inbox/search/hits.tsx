"use client";

import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import { ago } from "#components/inbox/times.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { ChannelIcon, channelLabel } from "#components/ui/channel-icon.tsx";
import { plainText } from "#components/ui/markdown.tsx";
import type { ContactHit, ConversationHit } from "#contracts/search";
import { MarkedText } from "./marked.tsx";
import { fromFirstMark } from "./pieces.ts";

/** A conversation that was found: whose it is, and the words that were looked for. */
export function ConversationLine({ hit: { row, name, message } }: { hit: ConversationHit }) {
  const { me } = useInbox();
  return (
    <>
      <Avatar name={row.customer.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium text-sm">
            <MarkedText of={name} />
          </span>
          <ChannelIcon channel={row.channel} className="size-3.5 shrink-0 text-ink-3" />
          <span className="sr-only">{channelLabel(row.channel)}</span>
          <time
            dateTime={message?.createdAt ?? row.lastMessageAt}
            className="ms-auto shrink-0 text-2xs text-ink-3 tabular-nums"
          >
            {ago(message?.createdAt ?? row.lastMessageAt, Date.now())}
          </time>
        </span>
        <span className="flex items-center gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate text-ink-2 text-xs">
            {message ? (
              <>
                {message.audience === "operators" ? <span className="text-note-ink">Note: </span> : undefined}
                <MarkedText of={fromFirstMark(message.excerpt)} />
              </>
            ) : (
              plainText(row.snippet)
            )}
          </span>
          <StateBadge state={row.state} since={row.escalatedAt} me={me.id} />
        </span>
      </span>
    </>
  );
}

/** Somebody who was found. */
export function ContactLine({ hit: { contact, name, email } }: { hit: ContactHit }) {
  return (
    <>
      <Avatar name={contact.name} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-medium text-sm">
          <MarkedText of={name} />
        </span>
        {email ? (
          <bdi className="block truncate text-ink-3 text-xs">
            <MarkedText of={email} />
          </bdi>
        ) : undefined}
      </span>
      <time dateTime={contact.lastSeenAt} className="shrink-0 text-2xs text-ink-3 tabular-nums">
        {ago(contact.lastSeenAt, Date.now())}
      </time>
    </>
  );
}
