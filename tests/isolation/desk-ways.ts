import { newId } from "#lib/ids";
import type { Ids, Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const own: Way = { who: "staff", personOnly: true };
const at = "api/agent/conversations/[conversationId]";

const canned = () => ({ name: "refund", title: "Refund", text: "Hi {{customer.first_name|there}}" });
const macro = () => ({ name: "Close", actions: [{ kind: "resolve" }] });
const view = () => ({ name: "Refunds", visibility: "shared", filters: { view: "all", tag: "refund" } });
const toTeam = ({ teamId }: Ids) => ({
  name: "Over",
  actions: [{ kind: "assign", to: { kind: "team", teamId } }],
});
const toOperator = ({ userId }: Ids) => ({
  name: "Over",
  actions: [{ kind: "assign", to: { kind: "operator", operatorId: userId } }],
});

/** The ways into what operators keep for their day. */
export const deskWays: Record<string, Way> = {
  "GET api/agent/canned-responses": staff,
  "POST api/agent/canned-responses": {
    ...staff,
    body: () => ({ ...canned(), name: newId() }),
    smuggled: [{ body: ({ teamId }) => ({ ...canned(), name: "team", teamId }), status: 404 }],
  },
  "PUT api/agent/canned-responses/[responseId]": { ...staff, body: canned },
  "DELETE api/agent/canned-responses/[responseId]": staff,
  "POST api/agent/canned-responses/[responseId]/use": staff,
  "GET api/agent/macros": staff,
  "POST api/agent/macros": {
    ...staff,
    body: () => ({ ...macro(), name: newId() }),
    smuggled: [
      { body: toTeam, status: 404 },
      { body: toOperator, status: 404 },
    ],
  },
  "PUT api/agent/macros/[macroId]": {
    ...staff,
    body: macro,
    smuggled: [{ body: toOperator, status: 404 }],
  },
  "DELETE api/agent/macros/[macroId]": staff,
  "GET api/agent/macros/[macroId]/preview": {
    ...staff,
    smuggled: [{ query: ({ conversationId }) => `conversationId=${conversationId}`, status: 404 }],
  },
  "POST api/agent/macros/[macroId]/run": {
    ...staff,
    body: ({ conversationId }) => ({ conversationId, clientId: newId() }),
    smuggled: [{ body: ({ conversationId }) => ({ conversationId, clientId: "run" }), status: 404 }],
  },
  "GET api/agent/drafts": own,
  [`GET ${at}/draft`]: own,
  [`PUT ${at}/draft`]: { ...own, body: () => ({ kind: "reply", text: "Dear" }) },
  [`POST ${at}/whisper`]: { ...staff, body: () => ({ clientId: newId(), text: "Psst" }) },
  [`PUT ${at}/snooze`]: {
    ...staff,
    body: () => ({ until: new Date(Date.now() + 3_600_000).toISOString() }),
  },
  [`DELETE ${at}/snooze`]: staff,
  [`POST ${at}/tags`]: { ...staff, body: () => ({ add: ["vip"], remove: [] }) },
  [`PATCH ${at}/attributes`]: {
    ...staff,
    body: () => ({ topic: "Orders", skills: [] }),
    smuggled: [{ body: ({ teamId }) => ({ teamId }), status: 404 }],
  },
  [`GET ${at}/past`]: staff,
  "GET api/agent/contacts/[contactId]/attributes": staff,
  "PATCH api/agent/contacts/[contactId]/attributes": { ...staff, body: () => ({ name: "Kim" }) },
  "GET api/agent/tags": staff,
  // That another company's conversations are unknown here: tests/services/desk/acts.db.test.ts.
  "POST api/agent/bulk": {
    ...staff,
    body: ({ conversationId }) => ({ changes: [{ conversationId, action: { kind: "read" } }] }),
  },
  "GET api/agent/search": staff,
  "GET api/agent/mentions": own,
  "POST api/agent/mentions/read": {
    ...own,
    body: ({ conversationId }) => ({ conversationId }),
    smuggled: [{ body: ({ conversationId }) => ({ conversationId }), status: 404 }],
  },
  "GET api/agent/views": own,
  "POST api/agent/views": { ...own, body: () => ({ ...view(), name: newId() }) },
  "PUT api/agent/views/[viewId]": { ...own, body: view },
  "DELETE api/agent/views/[viewId]": own,
};
