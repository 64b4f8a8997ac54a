import type { Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const at = "api/agent/conversations/[conversationId]";
const answer = "Thirty days, with the receipt.";

/** The co-pilot's ways into the API. */
export const copilotWays: Record<string, Way> = {
  [`GET ${at}/suggestions`]: staff,
  [`POST ${at}/suggestions`]: { ...staff, body: () => ({ fresh: true }) },
  [`POST ${at}/rewrite`]: { ...staff, body: () => ({ text: "Thirty days", how: { kind: "shorter" } }) },
  [`POST ${at}/summary`]: staff,
  [`POST ${at}/ask`]: { ...staff, body: () => ({ question: "How long can I return it?" }) },
  "GET api/admin/copilot": staff,
  "GET api/admin/test-cases": staff,
  "POST api/admin/test-cases": {
    ...staff,
    body: ({ articleId }) => ({ question: "How long can I return it?", answer, articleId }),
    smuggled: [
      { body: ({ articleId }) => ({ question: "How long?", answer, articleId }), status: 404 },
      {
        body: ({ conversationId, messageId }) => ({ answer, from: { conversationId, messageId } }),
        status: 404,
      },
    ],
  },
  "GET api/admin/test-cases/run": staff,
  "POST api/admin/test-cases/run": staff,
  "DELETE api/admin/test-cases/run": staff,
  "PATCH api/admin/test-cases/[caseId]": {
    ...staff,
    body: () => ({ answer }),
    smuggled: [{ body: ({ articleId }) => ({ articleId }), status: 404 }],
  },
  "DELETE api/admin/test-cases/[caseId]": staff,
};
