import { newId } from "#lib/ids";
import type { Ids, Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const control = "api/conversations/human-control";
const names: ((theirs: Ids) => Record<string, unknown>)[] = [
  ({ leadId }) => ({ leadId }),
  ({ phoneNumber }) => ({ phoneNumber }),
  ({ conversationId }) => ({ conversationId }),
];
/** Somebody of another company, by each of their names. */
const named = (more: Record<string, unknown> = {}): Way["smuggled"] =>
  names.map((name) => ({ body: (theirs) => ({ ...name(theirs), ...more }), status: 404 }));
const bySignature: Way = {
  who: "anyone",
  left: "The signature says whose it is: tests/services/telephony/sms.db.test.ts.",
};

/** The ways to customers on the phone. */
export const phoneWays: Record<string, Way> = {
  "GET api/agent/leads": staff,
  "GET api/agent/leads/[leadId]": staff,
  "PATCH api/agent/leads/[leadId]": { ...staff, body: () => ({ status: "contacted" }) },
  "GET api/agent/conversations/[conversationId]/calls": staff,
  "GET api/stream/conversation/[leadId]": {
    ...staff,
    smuggled: [{ query: ({ companyId }) => `organizationId=${companyId}`, status: 404 }],
  },
  [`GET ${control}/status/[phoneNumber]`]: staff,
  [`POST ${control}/join`]: {
    ...staff,
    body: ({ leadId, userId }) => ({ leadId, operatorId: userId }),
    smuggled: named(),
  },
  [`POST ${control}/leave`]: { ...staff, body: ({ leadId }) => ({ leadId }), smuggled: named() },
  [`POST ${control}/send-message`]: {
    ...staff,
    body: ({ leadId }) => ({ leadId, message: "Hello", clientId: newId() }),
    smuggled: named({ message: "Hello" }),
  },
  "POST api/webhooks/twilio/sms/incoming": bySignature,
  "POST api/webhooks/twilio/sms/status": bySignature,
};
