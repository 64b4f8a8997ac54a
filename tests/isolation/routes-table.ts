import { newId } from "#lib/ids";
import { alertWays } from "./alert-ways.ts";
import { analyticsWays } from "./analytics-ways.ts";
import { callWays } from "./call-ways.ts";
import { copilotWays } from "./copilot-ways.ts";
import { deskWays } from "./desk-ways.ts";
import { phoneWays } from "./phone-ways.ts";
import { practiceWays } from "./practice-ways.ts";
import { queueWays } from "./queue-ways.ts";
import { ruleWays } from "./rule-ways.ts";

/** What another company has, by the names that paths and bodies call it. */
export type Ids = {
  conversationId: string;
  sessionId: string;
  attachmentId: string;
  agentId: string;
  articleId: string;
  caseId: string;
  keyId: string;
  userId: string;
  invitationId: string;
  companyId: string;
  contactId: string;
  connectionId: string;
  webhookId: string;
  deliveryId: string;
  deviceId: string;
  messageId: string;
  backtestId: string;
  teamId: string;
  scheduleId: string;
  policyId: string;
  responseId: string;
  macroId: string;
  viewId: string;
  leadId: string;
  phoneNumber: string;
  callId: string;
};

export type Way = {
  /** Who is asked for: someone of the company, a customer with their token, or nobody. */
  who: "staff" | "customer" | "anyone";
  /** A body that would be good. */
  body?: (ids: Ids) => Record<string, unknown>;
  /** The body is bytes, not JSON. */
  raw?: boolean;
  /** Ids of another company outside the path: in the query or the body. Each is refused with this status. */
  smuggled?: {
    query?: (theirs: Ids) => string;
    body?: (theirs: Ids) => Record<string, unknown>;
    status: number;
  }[];
  /** Keys may not ask this at all, whatever their scopes. */
  personOnly?: true;
  /** Why the walk leaves it out. */
  left?: string;
};

const message = () => ({ clientId: newId(), text: "Hello" });
const article = () => ({
  title: "Returns",
  body: "## How long?\n\nThirty days.",
  language: "en",
  status: "draft",
});
const connection = ({ agentId }: Ids) => ({
  channel: "custom",
  name: "Our shop",
  agentId,
  settings: { endpoint: "https://shop.example/baton" },
});
const staff: Way = { who: "staff" };
const customer: Way = { who: "customer" };

/** Every way into the API. A route without an entry fails the walk. */
export const ways: Record<string, Way> = {
  "POST api/chat/session": {
    who: "anyone",
    body: ({ agentId }) => ({ agentId }),
  },
  "POST api/chat/[sessionId]/message": {
    ...customer,
    body: message,
    smuggled: [{ body: ({ attachmentId }) => ({ ...message(), attachments: [attachmentId] }), status: 400 }],
  },
  "GET api/chat/[sessionId]/topics": customer,
  "POST api/chat/[sessionId]/topics": { ...customer, body: () => ({ name: "Returns" }) },
  "GET api/chat/[sessionId]/stream": customer,
  "GET api/chat/[sessionId]/events": customer,
  "GET api/chat/[sessionId]/messages": customer,
  "POST api/chat/[sessionId]/typing": { ...customer, body: () => ({ typing: true }) },
  "POST api/chat/[sessionId]/read": { ...customer, body: () => ({ seq: 1 }) },
  "POST api/chat/[sessionId]/escalate": { ...customer, body: () => ({ reason: "please" }) },
  "POST api/chat/[sessionId]/cancel": customer,
  "POST api/chat/[sessionId]/stop": customer,
  "POST api/chat/[sessionId]/decline": customer,
  "POST api/chat/[sessionId]/attachments": { ...customer, raw: true },
  "GET api/chat/[sessionId]/attachments/[attachmentId]": customer,

  "GET api/agent/me": { ...staff, personOnly: true },
  "GET api/agent/operators": staff,
  "POST api/agent/presence": { ...staff, personOnly: true, body: () => ({ status: "away" }) },
  "GET api/agent/stream": {
    ...staff,
    smuggled: [{ query: ({ conversationId }) => `watch=${conversationId}`, status: 404 }],
  },
  "GET api/agent/conversations": staff,
  "GET api/agent/conversations/[conversationId]": staff,
  "GET api/agent/conversations/[conversationId]/messages": staff,
  "GET api/agent/conversations/[conversationId]/decisions": staff,
  "GET api/agent/conversations/[conversationId]/templates": staff,
  "GET api/agent/conversations/[conversationId]/topics": staff,
  "GET api/agent/conversations/[conversationId]/events": staff,
  "POST api/agent/conversations/[conversationId]/send": {
    ...staff,
    body: message,
    smuggled: [
      { body: ({ attachmentId }) => ({ ...message(), attachments: [attachmentId] }), status: 400 },
      { body: ({ userId }) => ({ ...message(), audience: "operators", mentions: [userId] }), status: 404 },
    ],
  },
  "POST api/agent/conversations/[conversationId]/typing": { ...staff, body: () => ({ typing: true }) },
  "POST api/agent/conversations/[conversationId]/read": { ...staff, body: () => ({ seq: 1 }) },
  "POST api/agent/conversations/[conversationId]/accept": { ...staff, personOnly: true },
  "POST api/agent/conversations/[conversationId]/take-over": { ...staff, personOnly: true },
  "POST api/agent/conversations/[conversationId]/handover": {
    ...staff,
    body: () => ({ to: { kind: "queue" }, note: "please" }),
    smuggled: [
      { body: ({ userId }) => ({ to: { kind: "operator", operatorId: userId } }), status: 404 },
      { body: ({ companyId }) => ({ to: { kind: "team", teamId: companyId } }), status: 404 },
    ],
  },
  "POST api/agent/conversations/[conversationId]/resolve": staff,
  "POST api/agent/conversations/[conversationId]/reopen": staff,
  "POST api/agent/conversations/[conversationId]/attachments": { ...staff, raw: true },
  "GET api/agent/conversations/[conversationId]/attachments/[attachmentId]": staff,

  ...alertWays,
  ...copilotWays,
  ...deskWays,
  ...analyticsWays,
  ...callWays,
  ...phoneWays,
  ...practiceWays,
  ...queueWays,
  ...ruleWays,

  "POST api/agent/conversations/[conversationId]/messages/[messageId]/retry": staff,
  "GET api/agent/contacts": staff,
  "POST api/agent/contacts/[contactId]/merge": {
    ...staff,
    body: ({ contactId }) => ({ into: contactId }),
    smuggled: [{ body: ({ contactId }) => ({ into: contactId }), status: 404 }],
  },

  "GET api/admin/company": staff,
  "PATCH api/admin/company": { ...staff, body: () => ({ name: "Harbour" }) },
  "GET api/admin/members": staff,
  "PATCH api/admin/members/[userId]": { ...staff, body: () => ({ role: "operator" }) },
  "DELETE api/admin/members/[userId]": staff,
  "GET api/admin/invitations": staff,
  "POST api/admin/invitations": {
    ...staff,
    personOnly: true,
    body: () => ({ email: `${newId()}@example.com`, role: "operator" }),
  },
  "DELETE api/admin/invitations/[invitationId]": staff,
  "GET api/admin/agents": staff,
  "POST api/admin/agents": { ...staff, body: () => ({ name: "Nori" }) },
  "GET api/admin/agents/[agentId]": staff,
  "PATCH api/admin/agents/[agentId]": { ...staff, body: () => ({ name: "Nori", greeting: "Hello" }) },
  "GET api/admin/articles": staff,
  "POST api/admin/articles": { ...staff, body: article },
  "GET api/admin/articles/[articleId]": staff,
  "PUT api/admin/articles/[articleId]": { ...staff, body: article },
  "DELETE api/admin/articles/[articleId]": staff,
  "GET api/admin/api-keys": staff,
  "POST api/admin/api-keys": { ...staff, body: () => ({ name: "sync", scopes: ["conversations:read"] }) },
  "DELETE api/admin/api-keys/[keyId]": staff,
  "GET api/admin/audit": staff,
  "GET api/admin/connections": staff,
  "POST api/admin/connections": {
    ...staff,
    body: connection,
    smuggled: [{ body: connection, status: 404 }],
  },
  "GET api/admin/connections/[connectionId]": staff,
  "PATCH api/admin/connections/[connectionId]": { ...staff, body: () => ({ name: "Our shop" }) },
  "DELETE api/admin/connections/[connectionId]": staff,
  "POST api/admin/connections/[connectionId]/check": staff,
  "POST api/admin/connections/[connectionId]/setup": staff,
  "POST api/admin/connections/[connectionId]/test": { ...staff, body: () => ({ text: "Hello" }) },
  "GET api/admin/connections/[connectionId]/undelivered": staff,
  "POST api/admin/connections/[connectionId]/undelivered/retry": staff,
  "GET api/admin/connections/[connectionId]/quarantine": staff,
  "DELETE api/admin/connections/[connectionId]/quarantine/[deliveryId]": staff,
  "POST api/admin/connections/[connectionId]/quarantine/[deliveryId]/replay": staff,

  // Who may deliver is said by the address and the signature together: tests/isolation/addresses.db.test.ts.
  "GET api/webhooks/[companyId]/[agentId]/[channel]/[webhookId]": { who: "anyone" },
  "POST api/webhooks/[companyId]/[agentId]/[channel]/[webhookId]": { who: "anyone" },
  "GET api/files/[companyId]/[attachmentId]": { who: "anyone" },

  "POST api/auth/setup": {
    who: "anyone",
    body: () => ({
      company: "Shop",
      name: "Eve",
      email: "eve@example.com",
      password: "a long enough password",
    }),
  },
  "POST api/auth/invitations/[invitationId]/accept": {
    who: "anyone",
    body: () => ({ name: "Eve", password: "a long enough password" }),
  },
  "POST api/auth/password": {
    ...staff,
    personOnly: true,
    body: () => ({ current: "not this one", password: "a long enough password" }),
  },
  "GET api/auth/[...all]": { who: "anyone", left: "better-auth's own, tested with sign-in" },
  "POST api/auth/[...all]": { who: "anyone", left: "better-auth's own, tested with sign-in" },
  "GET api/health/live": { who: "anyone", left: "says nothing of any company" },
  "GET api/health/ready": { who: "anyone", left: "says nothing of any company" },
  "GET api/openapi.json": { who: "anyone", left: "says nothing of any company" },
  "GET api/docs/[[...file]]": { who: "anyone", left: "says nothing of any company" },
};
