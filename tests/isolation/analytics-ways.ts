import type { Way } from "./routes-table.ts";

const staff: Way = { who: "staff" };
const at = "api/agent/analytics";

/** The ways to ratings and reports. What a report is narrowed to by another company's ids counts nothing. */
export const analyticsWays: Record<string, Way> = {
  "GET api/chat/[sessionId]/rating": { who: "customer" },
  "POST api/chat/[sessionId]/rating": { who: "customer", body: () => ({ score: 5, comment: "Quick" }) },
  [`GET ${at}/report`]: staff,
  [`GET ${at}/export`]: staff,
  [`GET ${at}/breakdown`]: staff,
  [`GET ${at}/heatmap`]: staff,
  [`GET ${at}/rows`]: staff,
  [`GET ${at}/rows/export`]: staff,
  [`GET ${at}/choices`]: staff,
  [`GET ${at}/wall`]: staff,
};
