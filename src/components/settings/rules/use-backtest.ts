"use client";

import { useEffect, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { BacktestView } from "#contracts/backtests";
import type { EscalationRule } from "#contracts/escalation";

const every = 600;

/** A run of the time machine: asked for, watched to its end also over a reload, and cancelled. */
export function useBacktest(newest: string | undefined) {
  const [id, setId] = useState(newest);
  const [run, setRun] = useState<BacktestView>();
  const [asking, setAsking] = useState(false);
  const over = run !== undefined && run.id === id && run.state !== "queued" && run.state !== "running";

  useEffect(() => {
    if (id === undefined || over) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout>;
    async function look() {
      const outcome = await callApi<BacktestView>("GET", `/api/admin/rules/backtests/${id}`);
      if (left) return;
      if (outcome.ok) setRun(outcome.data);
      // A moment without a network is no end of the run.
      timer = setTimeout(() => void look(), every);
    }
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [id, over]);

  return {
    run,
    over,
    asking,
    async ask(rules: EscalationRule[], conversations: number) {
      setAsking(true);
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const body = { rules, conversations, timeZone };
      const outcome = await callApi<BacktestView>("POST", "/api/admin/rules/backtests", body);
      setAsking(false);
      if (!outcome.ok) {
        toast.error(outcome.message);
        return;
      }
      setRun(outcome.data);
      setId(outcome.data.id);
    },
    async cancel() {
      const outcome = await callApi<BacktestView>("DELETE", `/api/admin/rules/backtests/${id}`);
      if (outcome.ok) setRun(outcome.data);
      else toast.error(outcome.message);
    },
  };
}
