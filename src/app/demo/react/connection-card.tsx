"use client";

import type { Latency } from "#client/latency";
import type { ConnectionState } from "#client/realtime";
import type { ChatTransport } from "#components/realtime/chat-transport.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";

const transports: { value: ChatTransport; label: string; about: string }[] = [
  { value: "sse", label: "SSE", about: "One long HTTP answer; passes almost every proxy." },
  { value: "websocket", label: "WebSocket", about: "The same frames over a socket of their own." },
  { value: "polling", label: "Polling", about: "Asks every two seconds, where nothing else gets through." },
];

const states: Record<ConnectionState, { words: string; tone: "green" | "amber" | "neutral"; dot: string }> = {
  connecting: { words: "Connecting", tone: "neutral", dot: "bg-ink-3 animate-pulse-soft" },
  connected: { words: "Connected", tone: "green", dot: "bg-green" },
  reconnecting: { words: "Reconnecting", tone: "amber", dot: "bg-amber animate-pulse-soft" },
  polling: { words: "Polling meanwhile", tone: "amber", dot: "bg-amber" },
  offline: { words: "Offline", tone: "amber", dot: "bg-amber" },
};

type Props = {
  status: { state: ConnectionState };
  latency: Latency | undefined;
  transport: ChatTransport;
  onTransport: (transport: ChatTransport) => void;
};

/** How the chat is carried, whether it stands, and how fast it is. */
export function ConnectionCard({ status, latency, transport, onTransport }: Props) {
  const { words, tone, dot } = states[status.state];
  return (
    <Card aria-label="Connection">
      <CardHeader
        title="Connection"
        actions={
          <Badge tone={tone} role="status" className="px-2 py-0.5 text-xs">
            <span aria-hidden className={cn("size-1.5 rounded-full", dot)} />
            {words}
          </Badge>
        }
      />
      <CardBody className="gap-5">
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">Transport</legend>
          <div className="grid grid-cols-3 gap-1 rounded-lg bg-sunken p-1">
            {transports.map(({ value, label }) => (
              <label key={value} className="cursor-pointer">
                <input
                  type="radio"
                  name="transport"
                  value={value}
                  checked={transport === value}
                  onChange={() => onTransport(value)}
                  className="peer sr-only"
                />
                <span className="flex h-9 items-center justify-center rounded-md font-medium text-ink-2 text-sm outline-accent-ink outline-offset-2 transition-colors hover:text-ink peer-checked:bg-raised peer-checked:text-ink peer-checked:shadow-sm dark:peer-checked:bg-line-strong/70 peer-focus-visible:outline-2 forced-colors:peer-checked:outline-2">
                  {label}
                </span>
              </label>
            ))}
          </div>
          <p className="text-ink-3 text-sm">{transports.find(({ value }) => value === transport)?.about}</p>
        </fieldset>
        <dl className="grid grid-cols-3 gap-4" aria-label="From Send to receive">
          <Figure name="Send to receive" value={latency?.last} />
          <Figure name="Median" value={latency?.median} />
          <Figure name="Slowest" value={latency?.slowest} />
        </dl>
      </CardBody>
    </Card>
  );
}

function Figure({ name, value }: { name: string; value: number | undefined }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="font-semibold text-ink text-xl tabular-nums tracking-tight">
        {value === undefined ? "–" : Math.max(1, Math.round(value))}
        {value === undefined ? undefined : <span className="ms-1 font-normal text-ink-3 text-sm">ms</span>}
      </dd>
    </div>
  );
}
