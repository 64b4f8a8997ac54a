import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ConnectionView } from "#contracts/connections";
import { TabRow } from "./tab-row.tsx";

const tabs = [
  { id: "health", label: "Health" },
  { id: "webhook", label: "Webhook & test" },
  { id: "settings", label: "Settings" },
  { id: "quarantine", label: "Quarantine" },
  { id: "undelivered", label: "Undelivered" },
] as const;
export type ConnectionTab = (typeof tabs)[number]["id"];

/** The tab that an address names; the first where it names none. */
export function tabOf(given: string | undefined): ConnectionTab {
  return tabs.find(({ id }) => id === given)?.id ?? "health";
}

type Props = { connection: ConnectionView; current: ConnectionTab };

/** The parts of a connection's page, each at its own address. */
export function ConnectionTabs({ connection: { id, name, health }, current }: Props) {
  const counts: Partial<Record<ConnectionTab, number>> = {
    quarantine: health.quarantined,
    undelivered: health.outgoing.failed + health.outgoing.unknown,
  };
  return (
    <TabRow label={`Parts of ${name}`} current={current}>
      <ul className="flex min-w-max gap-5">
        {tabs.map((tab) => {
          const here = tab.id === current;
          const count = counts[tab.id] ?? 0;
          return (
            <li key={tab.id}>
              <Link
                href={
                  tab.id === "health" ? `/settings/channels/${id}` : `/settings/channels/${id}?tab=${tab.id}`
                }
                aria-current={here ? "page" : undefined}
                className={cn(
                  "-mb-px flex h-9 items-center gap-1.5 border-b-2 font-medium text-sm focus-visible:-outline-offset-2",
                  here ? "border-accent text-ink" : "border-transparent text-ink-3 hover:text-ink",
                )}
              >
                {tab.label}
                {count > 0 ? <Badge tone="amber">{count}</Badge> : undefined}
              </Link>
            </li>
          );
        })}
      </ul>
    </TabRow>
  );
}
