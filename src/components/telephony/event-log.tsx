"use client";

import { Radio } from "lucide-react";
import { useState } from "react";
import { LiveSign } from "#components/queue/live-sign.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Heard } from "./lead-state.ts";
import type { Lead } from "./use-lead.ts";

/** All that the customer's stream tells, newest first: the seven names, and the log's own entries on wish. */
export function EventLog({ lead }: { lead: Lead }) {
  const [all, setAll] = useState(false);
  const { heard } = lead.state;
  const shown = heard.filter(({ named }) => all || named).toReversed();
  return (
    <Card className="xl:col-span-2">
      <CardHeader
        title="Live stream"
        description="GET /api/stream/conversation/[leadId]"
        actions={
          <>
            {lead.live ? <LiveSign state={lead.live} /> : undefined}
            <Button size="sm" onClick={() => setAll(!all)}>
              {all ? "Only the seven" : "Every entry"}
            </Button>
          </>
        }
      />
      {shown.length === 0 ? (
        <EmptyState icon={<Radio />} title="Nothing has happened yet">
          Send a text or call from the phone. Each event stands here the moment it happens.
        </EmptyState>
      ) : (
        <ol
          aria-label="Events"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
          tabIndex={0}
          className="max-h-80 divide-y divide-line overflow-y-auto outline-offset-[-2px]"
        >
          {shown.map((event) => (
            <Line key={event.key} event={event} />
          ))}
        </ol>
      )}
    </Card>
  );
}

const second = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function Line({ event: { name, named, seq, words, at } }: { event: Heard }) {
  return (
    <li className="grid gap-x-3 px-5 py-2 text-sm sm:grid-cols-[4.5rem_12.5rem_minmax(0,1fr)]">
      <time dateTime={new Date(at).toISOString()} className="text-2xs text-ink-3 leading-5 tabular-nums">
        {second.format(at)}
      </time>
      <span
        className={cn("font-mono text-xs leading-5", named ? "font-medium text-accent-ink" : "text-ink-3")}
      >
        {name}
        {seq === undefined ? "" : <span className="text-ink-3"> {seq}</span>}
      </span>
      <span dir="auto" className={cn("line-clamp-2 min-w-0", named ? "text-ink" : "text-ink-2")}>
        {words}
      </span>
    </li>
  );
}
