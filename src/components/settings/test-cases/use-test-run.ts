"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "#components/settings/call-api.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { TestRunProgress } from "#contracts/copilot";

const every = 700;
const path = "/api/admin/test-cases/run";

/** A run of the test cases: asked for, watched to its end also over a reload, and stopped. */
export function useTestRun(first: TestRunProgress, onEnd: () => void) {
  const [run, setRun] = useState(first);
  const [asking, setAsking] = useState(false);
  const end = useRef(onEnd);
  end.current = onEnd;
  const running = run.state === "running";

  useEffect(() => {
    if (!running) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout>;
    async function look() {
      const outcome = await callApi<TestRunProgress>("GET", path);
      if (left) return;
      if (outcome.ok) setRun(outcome.data);
      if (outcome.ok && outcome.data.state === "idle") end.current();
      // A moment without a network is no end of the run.
      else timer = setTimeout(() => void look(), every);
    }
    timer = setTimeout(() => void look(), every);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [running]);

  return {
    run,
    asking,
    async ask() {
      setAsking(true);
      const outcome = await callApi<TestRunProgress>("POST", path);
      setAsking(false);
      if (!outcome.ok) return void toast.error(outcome.message);
      setRun(outcome.data);
      if (outcome.data.state === "idle") end.current();
    },
    async stop() {
      const outcome = await callApi("DELETE", path);
      if (outcome.ok) setRun({ state: "idle" });
      else toast.error(outcome.message);
    },
  };
}

export type TestRun = ReturnType<typeof useTestRun>;
