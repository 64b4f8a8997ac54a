import type { z } from "zod";
import { send } from "#components/inbox/data/call.ts";
import { type LeadBody, LeadView, OutboundCallAnswer, type OutboundCallBody } from "#contracts/telephony";

/** The operators' routes of the phone as functions. Each throws a `WireError` when the server says no. */
export const phone = {
  call: (body: z.input<typeof OutboundCallBody>) =>
    send("POST", "/api/conversations/outbound-call", body, OutboundCallAnswer),
  changeLead: (leadId: string, body: z.input<typeof LeadBody>) =>
    send("PATCH", `/api/agent/leads/${encodeURIComponent(leadId)}`, body, LeadView),
};
