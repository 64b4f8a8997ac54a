import Link from "next/link";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ConnectionView } from "#contracts/connections";

type Health = ConnectionView["health"];
type Figure = {
  name: string;
  help: string;
  count: number;
  /** Where each of them is listed; only of what went wrong. */
  tab?: "quarantine" | "undelivered";
};

/** What waits and what went wrong, in numbers; those that ask for a look lead there. */
export function HealthNumbers({ connectionId, health }: { connectionId: string; health: Health }) {
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Queue" />
      <ul className="-mb-px -me-px grid grid-cols-2 sm:grid-cols-5">
        {figuresOf(health).map((figure) => (
          <Tile key={figure.name} connectionId={connectionId} {...figure} />
        ))}
      </ul>
    </Card>
  );
}

function figuresOf({ waiting, quarantined, outgoing }: Health): Figure[] {
  return [
    { name: "To be read", help: "Stored, not handled yet", count: waiting },
    { name: "Quarantined", help: "Could not be read", count: quarantined, tab: "quarantine" },
    { name: "To be sent", help: "On their way out", count: outgoing.waiting },
    { name: "Failed", help: "Did not arrive", count: outgoing.failed, tab: "undelivered" },
    { name: "Unknown", help: "Perhaps arrived", count: outgoing.unknown, tab: "undelivered" },
  ];
}

function Tile({ connectionId, name, help, count, tab }: Figure & { connectionId: string }) {
  const wrong = tab !== undefined && count > 0;
  return (
    <li
      className={cn(
        "relative border-line border-e border-b px-4 py-3.5 last:max-sm:col-span-2",
        wrong && "bg-amber-soft transition-colors hover:bg-amber-soft/70",
      )}
    >
      <p
        className={cn(
          "font-semibold text-xl tabular-nums",
          count === 0 && "text-ink-3",
          count > 0 && (wrong ? "text-amber-ink" : "text-ink"),
        )}
      >
        {count}
      </p>
      <p className={cn("font-medium text-sm", wrong ? "text-amber-ink" : "text-ink")}>
        {wrong ? (
          <Link
            href={`/settings/channels/${connectionId}?tab=${tab}`}
            className="after:absolute after:inset-0"
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </p>
      <p className={cn("text-xs", wrong ? "text-amber-ink" : "text-ink-3")}>{help}</p>
    </li>
  );
}
