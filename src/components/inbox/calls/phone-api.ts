import type { z } from "zod";
import { get, query, send } from "#components/inbox/data/call.ts";
import { CallList } from "#contracts/calls";
import { type LeadBody, LeadView, OutboundCallAnswer, type OutboundCallBody } from "#contracts/telephony";

/** The operators' routes of the phone as functions. Each throws a `WireError` when the server says no. */
export const phone = {
  call: (body: z.input<typeof OutboundCallBody>) =>
    send("POST", "/api/conversations/outbound-call", body, OutboundCallAnswer),
  /** The calls of a conversation before an entry of its log, newest first. */
  calls: async (conversationId: string, before: number) => {
    const at = `/api/agent/conversations/${encodeURIComponent(conversationId)}/calls`;
    return (await get(`${at}${query({ before })}`, CallList)).calls;
  },
  changeLead: (leadId: string, body: z.input<typeof LeadBody>) =>
    send("PATCH", `/api/agent/leads/${encodeURIComponent(leadId)}`, body, LeadView),
};
