import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { followCompany } from "#services/analytics";
import { aHistory } from "#support/history";
import type { Shop } from "#support/stage";

/** Has a conversation told from beginning to end, rated, and counted. */
export async function furnishReports({ companyId, agentId, owner }: Shop): Promise<void> {
  const by = owner.who;
  const beginning = new Date(Date.now() - 2 * 60 * 60_000);
  const { conversationId } = await aHistory({ companyId, agentId }, beginning, [
    [0, "asks"],
    [5, "agent"],
    [20, { move: "escalate", state: "WAITING_HUMAN", reason: "keyword", rule: "Refunds" }],
    [60, { move: "accept", state: "WITH_HUMAN", by }],
    [90, { replies: by }],
    [600, { move: "resolve", state: "RESOLVED", by }],
  ]);
  const asked = { id: newId(), companyId, conversationId, of: "human", name: by.name, messageId: newId() };
  await withCompany(companyId, (tx) => tx.rating.create({ data: { ...asked, askedAt: beginning } }));
  await followCompany(companyId);
}
