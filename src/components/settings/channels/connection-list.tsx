import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { List } from "#components/ui/list.tsx";
import type { ConnectionView } from "#contracts/connections";
import { Ago } from "./ago.tsx";
import { ChannelTile } from "./channel-tile.tsx";
import { errsNow } from "./condition.ts";
import { ConditionBadge } from "./condition-badge.tsx";
import { lineAbout } from "./line-about.ts";
import { queueOf, troublesOf } from "./troubles.ts";

/** All connections, each with how it is doing. */
export function ConnectionList({ connections }: { connections: ConnectionView[] }) {
  return (
    <Card>
      <CardHeader title={connections.length === 1 ? "1 connection" : `${connections.length} connections`} />
      <List>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </List>
    </Card>
  );
}

function ConnectionRow({ connection }: { connection: ConnectionView }) {
  const { id, name, channel, health } = connection;
  return (
    <li className="relative flex gap-3 px-5 py-3.5 transition-colors last:rounded-b-xl hover:bg-hover/60">
      <ChannelTile channel={channel} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <Link
            href={`/settings/channels/${id}`}
            className="min-w-0 truncate font-medium text-ink text-sm after:absolute after:inset-0"
          >
            <bdi>{name}</bdi>
          </Link>
          <span className="ms-auto shrink-0">
            <ConditionBadge connection={connection} />
          </span>
        </div>
        <p className="truncate text-ink-3 text-xs">{lineAbout(connection)}</p>
        <Facts health={health} />
        <Troubles name={name} health={health} />
      </div>
    </li>
  );
}

type Health = ConnectionView["health"];

function Facts({ health }: { health: Health }) {
  const { lastReceivedAt, lastSentAt } = health;
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 gap-y-0.5 text-ink-2 text-xs empty:hidden">
      {lastReceivedAt ? (
        <span>
          Received <Ago value={lastReceivedAt} />
        </span>
      ) : undefined}
      {lastSentAt ? (
        <span>
          Sent <Ago value={lastSentAt} />
        </span>
      ) : undefined}
      {queueOf(health).map((words) => (
        <span key={words}>{words}</span>
      ))}
    </p>
  );
}

function Troubles({ name, health }: { name: string; health: Health }) {
  const troubles = troublesOf(health);
  return (
    <>
      {troubles.length > 0 ? (
        <ul aria-label={`Troubles of ${name}`} className="mt-2 flex flex-wrap gap-1">
          {troubles.map((words) => (
            <li key={words}>
              <Badge tone="amber">{words}</Badge>
            </li>
          ))}
        </ul>
      ) : undefined}
      {health.lastError && errsNow(health) ? (
        <p className="mt-2 line-clamp-2 text-red-ink text-xs">Last error: {health.lastError.words}</p>
      ) : undefined}
    </>
  );
}
