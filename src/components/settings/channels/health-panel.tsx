import { ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Minute } from "#components/settings/moment.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { ConnectionView } from "#contracts/connections";
import { Ago } from "./ago.tsx";
import { errsNow } from "./condition.ts";
import { HealthNumbers } from "./health-numbers.tsx";
import { rejectionSentence } from "./rejection-words.ts";

/** How a connection has been doing: last signs of life, queues, and what was refused. */
export function HealthPanel({ connection }: { connection: ConnectionView }) {
  const { health, createdAt } = connection;
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <CardHeader title="Signs of life" />
        <dl className="grid divide-line max-sm:divide-y sm:grid-cols-3 sm:divide-x">
          <Fact name="Last received" value={<Moment value={health.lastReceivedAt} />} />
          <Fact name="Last sent" value={<Moment value={health.lastSentAt} />} />
          <Fact name="Connected" value={<Moment value={createdAt} />} />
        </dl>
        <LastError health={health} />
      </Card>
      <HealthNumbers connectionId={connection.id} health={health} />
      <Rejections connection={connection} />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div className="px-5 py-3.5">
      <dt className="text-ink-3 text-xs">{name}</dt>
      <dd className="mt-0.5 font-medium text-ink text-sm">{value}</dd>
    </div>
  );
}

function Moment({ value }: { value: string | undefined }) {
  if (value === undefined) return <span className="font-normal text-ink-3">Not yet</span>;
  return (
    <>
      <Ago value={value} />
      <span className="block font-normal text-ink-3 text-xs">
        <Minute value={value} />
      </span>
    </>
  );
}

function LastError({ health }: { health: ConnectionView["health"] }) {
  const { lastError } = health;
  if (lastError === undefined) return undefined;
  return (
    <div className="border-line border-t px-5 py-3.5">
      <p className="flex flex-wrap items-center gap-2 text-ink-3 text-xs">
        Last error, <Ago value={lastError.at} />
        {errsNow(health) ? <Badge tone="red">Nothing sent since</Badge> : <Badge>Sent since</Badge>}
      </p>
      <p className="mt-1 break-words text-ink text-sm">{lastError.words}</p>
    </div>
  );
}

function Rejections({ connection: { channel, health } }: { connection: ConnectionView }) {
  return (
    <Card>
      <CardHeader
        title="Refused deliveries"
        description="Requests to the webhook URL of the last seven days that did not prove to be the platform's."
      />
      {health.rejections.length === 0 ? (
        <CardBody className="flex-row items-center gap-2 text-ink-2 text-sm">
          <ShieldCheck aria-hidden className="size-4 text-green-ink" />
          None was refused.
        </CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {health.rejections.map((rejection) => (
            <li key={rejection.reason} className="flex gap-2.5 px-5 py-3 text-sm">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-amber-ink" />
              <p className="min-w-0 flex-1 text-pretty text-ink">
                {rejectionSentence(channel, rejection)}
                <span className="block text-ink-3 text-xs">
                  Last <Ago value={rejection.lastAt} />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
