import type { Way } from "./routes-table.ts";

const at = "api/demo/telephony";
const person: Way = { who: "staff", personOnly: true };
const demoAlone = {
  ...person,
  left: "Only the demo company has a practice line: tests/services/telephony/practice.db.test.ts.",
};
const byItsSecrets: Way = {
  who: "anyone",
  left: "The practice line's own secrets open it: tests/services/telephony/practice.db.test.ts.",
};

/** The ways to the practice phone. */
export const practiceWays: Record<string, Way> = {
  [`POST ${at}/line`]: demoAlone,
  [`POST ${at}/sms`]: demoAlone,
  [`POST ${at}/calls`]: demoAlone,
  [`POST ${at}/calls/answer`]: demoAlone,
  [`POST ${at}/calls/end`]: demoAlone,
  [`GET ${at}/ringing`]: demoAlone,
  [`POST ${at}/words`]: demoAlone,
  [`GET ${at}/platform/2010-04-01/Accounts/[accountSid]`]: byItsSecrets,
  [`GET ${at}/platform/v1/convai/agents/[agentId]`]: byItsSecrets,
  [`POST ${at}/platform/2010-04-01/Accounts/[accountSid]/Messages.json`]: byItsSecrets,
  [`POST ${at}/platform/v1/convai/twilio/outbound-call`]: byItsSecrets,
};
