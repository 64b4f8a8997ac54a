import type { Ids, Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const context = "Her kettle is ready";
const ask = (whom: (theirs: Ids) => Record<string, unknown>) => ({
  body: (theirs: Ids) => ({ context, ...whom(theirs) }),
  status: 404,
});
const bySecret: Way = {
  who: "anyone",
  left: "The line's secret says whose it is: tests/services/telephony/voice-*.db.test.ts.",
};

/** The ways to calls, and those of the platforms that tell of them. */
export const callWays: Record<string, Way> = {
  "POST api/conversations/outbound-call": {
    ...staff,
    body: ({ leadId }) => ({ leadId, context }),
    smuggled: [
      ask(({ leadId }) => ({ leadId })),
      ask(({ conversationId }) => ({ conversationId })),
      ask(({ connectionId }) => ({ phoneNumber: "+15555559999", connectionId })),
    ],
  },
  "GET api/agent/calls/[callId]/recording": staff,
  "GET api/admin/call-policy": staff,
  "PUT api/admin/call-policy": {
    ...staff,
    body: () => ({
      dailyCalls: 5,
      quiet: { on: false, from: "21:00", to: "08:00", days: [], timeZone: "UTC" },
      consentRequired: true,
    }),
  },
  "GET api/admin/stray-calls": staff,
  "POST api/webhooks/elevenlabs/conversation-initiation": bySecret,
  "POST api/webhooks/elevenlabs/post-call": bySecret,
  "POST api/webhooks/twilio/voice/status": bySecret,
};
