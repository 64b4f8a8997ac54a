import type { Ids, Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const schedule = {
  timeZone: "Europe/Berlin",
  week: { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] },
};
const hours = () => ({ name: "Night", schedule });
const team = () => ({ name: "Sales" });
const teamWay: Way = {
  ...staff,
  body: team,
  smuggled: [
    { body: ({ userId }) => ({ ...team(), members: [userId] }), status: 404 },
    { body: ({ scheduleId }) => ({ ...team(), scheduleId }), status: 404 },
  ],
};
const policy = () => ({ name: "Gold", targets: { firstResponse: 10 } });
const policyWay: Way = {
  ...staff,
  body: policy,
  smuggled: [
    { body: ({ teamId }) => ({ ...policy(), match: { teams: [teamId] } }), status: 404 },
    { body: ({ scheduleId }) => ({ ...policy(), hours: { kind: "schedule", scheduleId } }), status: 404 },
  ],
};
const desk = () => ({ capacity: 3, languages: ["en"], skills: [{ name: "billing", level: 2 }] });
const step = (to: Record<string, unknown>) => ({ mode: "manual", chain: [{ to, seconds: 30 }] });

/** The ways to teams, operators at the desk, hours, service levels and routing. */
export const queueWays: Record<string, Way> = {
  "GET api/admin/teams": staff,
  "POST api/admin/teams": teamWay,
  "GET api/admin/teams/[teamId]": staff,
  "PATCH api/admin/teams/[teamId]": teamWay,
  "DELETE api/admin/teams/[teamId]": staff,
  "GET api/admin/operators": staff,
  "GET api/admin/operators/[userId]": staff,
  "PUT api/admin/operators/[userId]": {
    ...staff,
    body: desk,
    smuggled: [{ body: ({ teamId }: Ids) => ({ ...desk(), teamIds: [teamId] }), status: 404 }],
  },
  "GET api/admin/office-hours": staff,
  "POST api/admin/office-hours": { ...staff, body: hours },
  "GET api/admin/office-hours/[scheduleId]": staff,
  "PUT api/admin/office-hours/[scheduleId]": { ...staff, body: hours },
  "DELETE api/admin/office-hours/[scheduleId]": staff,
  "GET api/admin/sla-policies": staff,
  "POST api/admin/sla-policies": policyWay,
  "GET api/admin/sla-policies/[policyId]": staff,
  "PUT api/admin/sla-policies/[policyId]": policyWay,
  "DELETE api/admin/sla-policies/[policyId]": staff,
  "GET api/admin/routing": staff,
  "PUT api/admin/routing": {
    ...staff,
    body: () => ({ mode: "manual" }),
    smuggled: [
      { body: ({ teamId }) => step({ kind: "team", teamId }), status: 404 },
      { body: ({ userId }) => step({ kind: "operator", operatorId: userId }), status: 404 },
    ],
  },
  "POST api/agent/presence/looking": { ...staff, personOnly: true, body: () => ({ visible: true }) },
  "POST api/agent/conversations/[conversationId]/decline": {
    ...staff,
    personOnly: true,
    body: () => ({ reason: "On a call" }),
  },
  "GET api/admin/routing/estimates": staff,
  "GET api/admin/routing/board": staff,
  "POST api/chat/[sessionId]/contact": { who: "customer", body: () => ({ email: "kim@example.com" }) },
};
