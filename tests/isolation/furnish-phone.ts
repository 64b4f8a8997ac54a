import { alertDefaults } from "#contracts/notifications";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { openConnection } from "#services/connections";
import { logCall } from "#services/conversations";
import { callersConversation, telephonyJobs } from "#services/telephony";
import { connect } from "#support/channel-stage";
import type { Shop, Stage } from "#support/stage";

/**
 * Connects a phone number to a shop, where somebody is known by theirs and was on the phone, and somebody else was whom
 * nobody knows.
 */
export async function furnishPhone(
  stage: Stage,
  shop: Shop,
): Promise<{ leadId: string; phoneNumber: string; callId: string }> {
  known += 1;
  const phoneNumber = `+1555555${String(known).padStart(4, "0")}`;
  const { companyId } = shop;
  const { id: connectionId } = await connect(stage, shop, "sms", {
    accountSid: `AC${"c3".repeat(16)}`,
    authToken: "token-of-the-walk",
    from: "+15555550199",
  });
  const line = await openConnection(companyId, connectionId);
  const { lead, conversation } = await callersConversation(line, phoneNumber);
  const now = new Date();
  const { call } = await logCall(companyId, conversation.id, {
    now,
    call: { connectionId, leadId: lead.id, direction: "inbound", status: "completed", callSid: newId() },
    turns: [{ n: 0, author: "customer", text: "Where is my parcel?", at: now }],
  });
  await telephonyJobs["telephony.summarise"]?.({ companyId, conversationId: conversation.id });
  await withCompany(companyId, async (tx) => {
    const stray = { id: newId(), companyId, connectionId, voiceConversationId: newId() };
    await tx.strayCall.create({ data: { ...stray, reason: "withheld", receivedAt: now } });
    const policy = { dailyCalls: 5, quiet: alertDefaults.quiet, consentRequired: true, updatedAt: now };
    await tx.callPolicy.create({ data: { companyId, ...policy } });
  });
  return { leadId: lead.id, phoneNumber, callId: call.id };
}

let known = 0;
