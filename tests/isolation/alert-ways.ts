import { randomBytes } from "node:crypto";
import { alertDefaults } from "#contracts/notifications";
import type { Way } from "./routes-table.ts";

const person: Way = { who: "staff", personOnly: true };

/** The ways to what an operator is told, and to the end of letters. */
export const alertWays: Record<string, Way> = {
  "GET api/agent/notifications": person,
  "POST api/agent/notifications/read": {
    ...person,
    body: ({ conversationId }) => ({ what: "conversation", conversationId }),
    // Nothing of one's own is about another company's conversation, so there is nothing to refuse.
    smuggled: [{ body: ({ conversationId }) => ({ what: "conversation", conversationId }), status: 200 }],
  },
  "GET api/agent/notifications/preferences": person,
  "PUT api/agent/notifications/preferences": { ...person, body: () => ({ ...alertDefaults }) },
  "GET api/agent/notifications/push": person,
  "POST api/agent/notifications/push": { ...person, body: () => aSubscription() },
  "DELETE api/agent/notifications/push/[deviceId]": person,
  "POST api/agent/notifications/test": { ...person, body: () => ({ channel: "push" }) },
  "GET api/letters/[companyId]/[addressHash]": { who: "anyone" },
  "POST api/letters/[companyId]/[addressHash]": { who: "anyone" },
};

/** What a browser gives when it subscribes. */
export function aSubscription() {
  const key = Buffer.concat([Buffer.from([4]), randomBytes(64)]);
  return {
    endpoint: `https://push.example/${randomBytes(12).toString("hex")}`,
    keys: { p256dh: key.toString("base64url"), auth: randomBytes(16).toString("base64url") },
  };
}
