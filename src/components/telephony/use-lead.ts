"use client";

import { useCallback, useEffect, useState } from "react";
import { sseTransport } from "#client/sse-transport";
import { useRealtime } from "#components/realtime/use-realtime.ts";
import { callApi } from "#components/settings/call-api.ts";
import { LeadPage } from "#contracts/telephony";
import { afterFrame, type LeadState, unheard } from "./lead-state.ts";

/** How long after the first sign of life a lead is looked for, and how often, in milliseconds. */
const every = 600;

/** The lead that a number is known as, as soon as it is, and all that its stream tells. */
export function useLead(number: string) {
  const [known, setKnown] = useState<{ number: string; id: string | undefined }>();
  const leadId = known?.number === number ? known.id : undefined;
  const [told, setTold] = useState<{ leadId: string; state: LeadState }>();

  const look = useCallback(async () => {
    const answer = await callApi<unknown>(
      "GET",
      `/api/agent/leads?${new URLSearchParams({ query: number })}`,
    );
    const { data } = LeadPage.safeParse(answer.ok ? answer.data : undefined);
    const found = data?.leads.find(({ phoneNumber }) => phoneNumber === number);
    if (data !== undefined) setKnown({ number, id: found?.id });
  }, [number]);

  useEffect(() => {
    void look();
    // Until the number has written or called it is nobody's, and there is nothing to listen to.
    if (leadId !== undefined) return;
    const timer = setInterval(look, every);
    return () => clearInterval(timer);
  }, [look, leadId]);

  const { status } = useRealtime(
    leadId,
    () => ({ transport: sseTransport({ url: `/api/stream/conversation/${leadId}?load=true` }) }),
    (frame) => {
      if (leadId === undefined) return;
      setTold((before) => ({
        leadId,
        state: afterFrame(before?.leadId === leadId ? before.state : unheard, frame, Date.now()),
      }));
    },
  );

  return {
    leadId,
    looked: known?.number === number,
    live: leadId === undefined ? undefined : status.state,
    state: told !== undefined && told.leadId === leadId ? told.state : unheard,
  };
}

export type Lead = ReturnType<typeof useLead>;
