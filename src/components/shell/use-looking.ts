"use client";

import { useEffect, useRef } from "react";
import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { LookingAnswer } from "#contracts/presence";

type Standing = z.infer<typeof LookingAnswer>["status"];

const every = 60_000;

/**
 * Tells the server that this window lives, and whether it is in sight: an operator of whom no window is becomes away by
 * themselves, and one whose windows fall silent is gone. Answers how they stand.
 */
export function useLooking(onStanding: (standing: Standing) => void) {
  const listener = useRef(onStanding);
  listener.current = onStanding;
  useEffect(() => {
    async function tell({ visible }: { visible: boolean }) {
      const outcome = await callApi<unknown>("POST", "/api/agent/presence/looking", { visible });
      const said = outcome.ok ? LookingAnswer.safeParse(outcome.data) : undefined;
      if (said?.success) listener.current(said.data.status);
    }
    // As it goes out of sight, it was in sight until now.
    const changed = () => void tell({ visible: true });
    const timer = setInterval(() => void tell({ visible: !document.hidden }), every);
    void tell({ visible: !document.hidden });
    document.addEventListener("visibilitychange", changed);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", changed);
    };
  }, []);
}
