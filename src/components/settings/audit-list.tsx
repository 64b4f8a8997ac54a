"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { AuditEntry, AuditPage } from "#contracts/admin";
import { auditWords } from "#contracts/audit-words";
import { callApi } from "./call-api.ts";
import { Minute } from "./moment.tsx";

const kinds = { operator: "Somebody", key: "An API key", customer: "A customer", system: "Baton" };

const known: Record<string, string> = auditWords;

// What an older version wrote may be called by no name of today.
function wordsOf(action: string): string {
  return known[action] ?? action;
}

/** Who did what, newest first. */
export function AuditList({ page }: { page: AuditPage }) {
  const [later, setLater] = useState<AuditPage>();
  const [busy, setBusy] = useState(false);
  const entries = [...page.entries, ...(later?.entries ?? [])];
  const next = later === undefined ? page.next : later.next;

  async function more() {
    setBusy(true);
    const outcome = await callApi<AuditPage>(
      "GET",
      `/api/admin/audit?cursor=${encodeURIComponent(next ?? "")}`,
    );
    setBusy(false);
    if (!outcome.ok) {
      toast.error(outcome.message);
      return;
    }
    setLater({ ...outcome.data, entries: [...(later?.entries ?? []), ...outcome.data.entries] });
  }

  if (entries.length === 0) {
    return (
      <Card>
        <EmptyState icon={<History />} title="Nothing yet">
          Every change of settings, people and keys is kept here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <ul className="divide-y divide-line">
        {entries.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-5 py-2.5 text-sm">
            <span className="min-w-0 flex-1">
              <span className="font-medium text-ink">{entry.actor.name ?? kinds[entry.actor.kind]}</span>{" "}
              <span className="text-ink-2">{wordsOf(entry.action)}</span>
              <Detail entry={entry} />
            </span>
            <span className="text-ink-3 text-xs">
              <Minute value={entry.createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {next === undefined ? undefined : (
        <div className="border-line border-t p-3 text-center">
          <Button variant="ghost" busy={busy} onClick={() => void more()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}

function Detail({ entry }: { entry: AuditEntry }) {
  const facts = Object.entries(entry.detail).map(([name, value]) => `${name}: ${[value].flat().join(", ")}`);
  return facts.length === 0 ? undefined : (
    <span className="block truncate text-ink-3 text-xs">{facts.join(" · ")}</span>
  );
}
