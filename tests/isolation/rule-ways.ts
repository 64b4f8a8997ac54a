import type { Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const at = "api/admin/rules";
const versionIsNoId =
  "Versions are numbers of one's own company: tests/services/escalation/rule-versions.db.test.ts.";
const onConversation = ({ conversationId }: { conversationId: string }) => ({
  rules: "published",
  on: { kind: "conversation", conversationId },
});

/** The ways to the escalation rules. */
export const ruleWays: Record<string, Way> = {
  [`GET ${at}`]: staff,
  [`PUT ${at}`]: { ...staff, body: () => ({ rules: [] }) },
  [`GET ${at}/default`]: staff,
  [`GET ${at}/draft`]: staff,
  [`PUT ${at}/draft`]: { ...staff, body: () => ({ rules: [], revision: 0, basedOn: 1 }) },
  [`DELETE ${at}/draft`]: staff,
  [`POST ${at}/draft/publish`]: { ...staff, body: () => ({ revision: 1 }) },
  [`GET ${at}/history`]: staff,
  [`GET ${at}/history/[version]`]: { ...staff, left: versionIsNoId },
  [`POST ${at}/history/[version]/restore`]: { ...staff, left: versionIsNoId },
  [`POST ${at}/test`]: {
    ...staff,
    body: onConversation,
    smuggled: [{ body: onConversation, status: 404 }],
  },
  [`GET ${at}/backtests`]: staff,
  [`POST ${at}/backtests`]: { ...staff, body: () => ({ rules: "published", conversations: 10 }) },
  [`GET ${at}/backtests/[backtestId]`]: staff,
  [`DELETE ${at}/backtests/[backtestId]`]: staff,
  [`GET ${at}/backtests/[backtestId]/conversations`]: staff,
};
