import type { DurableEvent } from "#contracts/events";
import type { LeadView, TelephonyEvent } from "#contracts/telephony";

export type StreamedLead = Pick<LeadView, "phoneNumber"> & { leadId: string };

/**
 * An entry of the log under the name that telephony has for it, and under its own where there is none. `held` says whether
 * a person had the conversation before it.
 */
export function telephonyEvent(
  lead: StreamedLead,
  event: DurableEvent,
  held: boolean,
): TelephonyEvent | (DurableEvent & StreamedLead) {
  const { leadId, phoneNumber } = lead;
  const place = { leadId, phoneNumber, conversationId: event.conversationId, seq: event.seq };
  if (event.type === "message") {
    const type = messageNames[wayOf(event)];
    if (type !== undefined) return { type, ...place, message: event.message };
  }
  if (event.type === "call" && event.change === "initiated")
    return { type: "call_initiated", ...place, call: event.call };
  if (event.type === "call" && event.change === "ended")
    return { type: "call_ended", ...place, call: event.call };
  if (event.type === "state") {
    const holds = isHeld(event);
    if (holds) return { type: "human_control_started", ...place, state: event.state };
    if (held) return { type: "human_control_ended", ...place, state: event.state };
  }
  return { ...event, leadId, phoneNumber };
}

/** Whether a person has the conversation after a change of state. */
export function isHeld({ state }: Extract<DurableEvent, { type: "state" }>): boolean {
  return state.owner === "operator";
}

type Way = "written by customer" | "written by operator" | "other";

const messageNames: Partial<Record<Way, "sms_received" | "human_message_sent">> = {
  "written by customer": "sms_received",
  "written by operator": "human_message_sent",
};

// What was said on the phone, and what colleagues write to each other, are no text messages.
function wayOf({ message }: Extract<DurableEvent, { type: "message" }>): Way {
  if (message.data?.kind === "spoken" || message.audience === "operators") return "other";
  if (message.author.kind === "customer") return "written by customer";
  return message.author.kind === "operator" ? "written by operator" : "other";
}
