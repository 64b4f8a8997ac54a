"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi, type Outcome } from "#components/settings/call-api.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { CheckReport } from "#contracts/channel";
import { ReportLines } from "./report-lines.tsx";

type Props = {
  path: string;
  label: string;
  help: string;
  variant?: "primary" | "secondary";
  /** The page shows what the answer changes, such as the account. */
  refresh: boolean;
};

/** A press that asks the platform something, and what it answered, line by line. */
export function ReportButton({ path, label, help, variant = "secondary", refresh }: Props) {
  const router = useRouter();
  const [outcome, setOutcome] = useState<Outcome<CheckReport>>();
  const [busy, setBusy] = useState(false);

  async function ask() {
    setBusy(true);
    setOutcome(await callApi<CheckReport>("POST", path));
    setBusy(false);
    if (refresh) router.refresh();
  }

  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant={variant} busy={busy} onClick={() => void ask()}>
          {label}
        </Button>
        <p className="min-w-48 flex-1 text-ink-3 text-xs">{help}</p>
      </div>
      <div role="status" className="empty:hidden">
        {outcome?.ok ? <ReportLines report={outcome.data} /> : undefined}
        {outcome?.ok === false ? <Callout tone="bad">{outcome.message}</Callout> : undefined}
      </div>
    </div>
  );
}
