"use client";

import type { PracticeLine } from "#contracts/practice";
import { CallBackCard } from "./call-back-card.tsx";
import { ControlCard } from "./control-card.tsx";
import { EventLog } from "./event-log.tsx";
import { KnownCard } from "./known-card.tsx";
import { Phone } from "./phone.tsx";
import { useCall } from "./use-call.ts";
import { useLead } from "./use-lead.ts";
import { useNumber } from "./use-number.ts";

/** The phone, and beside it who speaks with the customer, what the voice agent knows, and all that happens. */
export function PracticeDesk({ line }: { line: PracticeLine }) {
  const own = useNumber();
  const lead = useLead(own.number);
  const call = useCall(own.number, lead.state);
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[21rem_minmax(0,1fr)] xl:gap-8">
      <Phone line={line} own={own} lead={lead} call={call} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <ControlCard key={own.number} number={own.number} lead={lead} />
        <CallBackCard key={lead.leadId} number={own.number} leadId={lead.leadId} />
        <EventLog lead={lead} />
        <KnownCard variables={call.variables} summary={lead.state.summary} />
      </div>
    </div>
  );
}
