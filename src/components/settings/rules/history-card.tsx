"use client";

import { useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { useMore } from "#components/settings/channels/use-more.ts";
import { Minute } from "#components/settings/moment.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { RuleDraft, RuleHistory, RuleVersion, RuleVersionDetail } from "#contracts/rules";
import { ChangeList } from "./change-list.tsx";
import type { Draft } from "./use-draft.ts";

type Props = { draft: Draft; first: RuleHistory; mayEdit: boolean };

/** All published versions, newest first: who, when, why, and what changed; any of them can be taken into the draft. */
export function HistoryCard({ draft, first, mayEdit }: Props) {
  const { items, hasMore, busy, more } = useMore(
    first,
    "/api/admin/rules/history",
    ({ versions, next }: RuleHistory) => ({
      items: versions,
      next,
    }),
  );
  return (
    <Card>
      <CardHeader title="History" description="Every version that was ever in force." />
      <ol className="divide-y divide-line">
        {items.map((version) => (
          <li key={version.version} className="flex flex-wrap items-center gap-3 px-5 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2 font-medium text-ink text-sm">
                Version {version.version}
                {version.current ? <Badge tone="green">In force</Badge> : undefined}
              </p>
              <p className="text-ink-3 text-xs">
                {version.by?.name ?? "Baton"}
                {version.publishedAt ? (
                  <>
                    {" · "}
                    <Minute value={version.publishedAt} />
                  </>
                ) : undefined}
                {` · ${version.enabled} of ${version.rules} rules on`}
              </p>
              {version.note ? (
                <p dir="auto" className="mt-1 text-ink-2 text-sm [overflow-wrap:anywhere]">
                  {version.note}
                </p>
              ) : undefined}
            </div>
            <VersionDialog version={version} draft={draft} mayEdit={mayEdit} />
          </li>
        ))}
      </ol>
      {hasMore ? (
        <div className="border-line border-t px-5 py-3">
          <Button busy={busy} onClick={() => void more()}>
            Older versions
          </Button>
        </div>
      ) : undefined}
    </Card>
  );
}

type Against = "previous" | "current" | "draft";

const comparisons: { value: Against; label: string }[] = [
  { value: "previous", label: "The version before" },
  { value: "current", label: "The version in force" },
  { value: "draft", label: "The draft" },
];

function VersionDialog({
  version,
  draft,
  mayEdit,
}: {
  version: RuleVersion;
  draft: Draft;
  mayEdit: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [against, setAgainst] = useState<Against>("previous");
  const [detail, setDetail] = useState<RuleVersionDetail>();
  const [busy, setBusy] = useState(false);
  const path = `/api/admin/rules/history/${version.version}`;

  async function load(next: Against) {
    setAgainst(next);
    setDetail(undefined);
    const outcome = await callApi<RuleVersionDetail>("GET", `${path}?against=${next}`);
    if (outcome.ok) setDetail(outcome.data);
    else toast.error(outcome.message);
  }

  async function restore() {
    setBusy(true);
    const outcome = await callApi<RuleDraft>("POST", `${path}/restore`, { revision: draft.draft.revision });
    setBusy(false);
    if (!outcome.ok) {
      toast.error(outcome.message);
      return;
    }
    draft.take(outcome.data);
    setOpen(false);
    toast.success(`Version ${version.version} is in the draft. Publish it to put it in force.`);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) void load(against);
      }}
      trigger={<Button size="sm">Compare</Button>}
      title={`Version ${version.version}`}
      className="max-w-lg"
      footer={
        mayEdit && !version.current ? (
          <Button busy={busy} onClick={() => void restore()}>
            Take into the draft
          </Button>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          aria-label="Compared with"
          className="w-56"
          items={comparisons}
          value={against}
          onValueChange={(next) => void load(next)}
        />
        {detail ? <ChangeList changes={detail.changes} /> : <Skeleton className="h-20" />}
      </div>
    </Dialog>
  );
}
