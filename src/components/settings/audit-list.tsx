"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { AuditEntry, AuditPage } from "#contracts/admin";
import { callApi } from "./call-api.ts";
import { Minute } from "./moment.tsx";

const words: Record<string, string> = {
  "company.created": "made the company",
  "company.renamed": "renamed the company",
  "member.role_changed": "changed a member's role",
  "member.removed": "removed a member",
  "invitation.created": "made an invitation",
  "invitation.revoked": "took an invitation back",
  "invitation.accepted": "accepted an invitation",
  "agent.created": "made an AI agent",
  "agent.saved": "changed the AI agent",
  "article.created": "wrote an article",
  "article.updated": "changed an article",
  "article.unchanged": "saved an article unchanged",
  "article.deleted": "deleted an article",
  "test_case.saved": "saved a test case",
  "test_case.deleted": "deleted a test case",
  "test_cases.run": "ran the test cases",
  "rules.published": "published escalation rules",
  "api_key.created": "made an API key",
  "api_key.revoked": "revoked an API key",
  "connection.created": "connected a channel",
  "connection.saved": "changed a connection",
  "connection.removed": "removed a connection",
  "delivery.replayed": "had a delivery read again",
  "contact.merged": "made two contacts one",
  "password.changed": "changed their password",
};
const kinds = { operator: "Somebody", key: "An API key", customer: "A customer", system: "Baton" };

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
              <span className="text-ink-2">{words[entry.action] ?? entry.action}</span>
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
