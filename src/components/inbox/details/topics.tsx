"use client";

import { useQuery } from "@tanstack/react-query";
import { get } from "#components/inbox/data/call.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { StateBadge } from "#components/inbox/list/state-badge.tsx";
import { fullMoment, nearMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { hrefOf } from "#components/inbox/use-place.ts";
import { cn } from "#components/ui/cn.ts";
import { plainText } from "#components/ui/markdown.tsx";
import { ContactTopics, type ConversationRow } from "#contracts/operator";
import { Section } from "./section.tsx";

/** The topics that the customer holds side by side, where there is more than one. */
export function Topics({ row }: { row: ConversationRow }) {
  const { data } = useTopics(row);
  if (data === undefined || data.rows.length < 2) return undefined;
  return (
    <Section id="topics" title={`Topics (${data.rows.length})`}>
      <ul className="-mx-2 flex flex-col gap-px">
        {data.rows.map((each) => (
          <TopicRow key={each.id} row={each} shown={each.id === row.id} />
        ))}
      </ul>
    </Section>
  );
}

function useTopics({ id, channel, customer }: ConversationRow) {
  const path = `/api/agent/conversations/${encodeURIComponent(id)}/topics`;
  return useQuery({
    // Whatever stirs in one of them brings all anew.
    queryKey: ["topics", customer.id, id],
    queryFn: ({ signal }) => get(path, ContactTopics, signal),
    enabled: channel === "web",
    retry: false,
  });
}

function TopicRow({ row, shown }: { row: ConversationRow; shown: boolean }) {
  const { me, open } = useInbox();
  const now = useNow() || Date.now();
  return (
    <li>
      <a
        href={hrefOf({ view: "all", conversationId: row.id })}
        aria-current={shown ? "true" : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          if (!shown) open(row.id);
        }}
        className={cn(
          "flex flex-col gap-1 rounded-lg px-2 py-1.5 outline-offset-[-2px]",
          shown ? "bg-accent-soft" : "hover:bg-hover/60",
        )}
      >
        <span className="flex items-center gap-2">
          <span dir="auto" className="min-w-0 flex-1 truncate font-medium text-sm">
            {row.attributes.topic}
          </span>
          {row.unread > 0 ? (
            <span className="inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 font-semibold text-[0.625rem] text-on-accent tabular-nums">
              {row.unread > 99 ? "99+" : row.unread}
              <span className="sr-only"> unread</span>
            </span>
          ) : undefined}
          <StateBadge state={row.state} since={row.escalatedAt} me={me.id} />
        </span>
        <span className="flex items-baseline gap-2 text-ink-3 text-xs">
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {plainText(row.snippet) || "No messages"}
          </span>
          <time dateTime={row.lastMessageAt} title={fullMoment(row.lastMessageAt)} className="tabular-nums">
            {nearMoment(row.lastMessageAt, now)}
          </time>
        </span>
      </a>
    </li>
  );
}
