import { runAnswerEval } from "#services/copilot";
import type { Shop, Stage } from "#support/stage";

/** Has suggestions made in a conversation, a test case written and run, and another run asked for. */
export async function furnishCopilot(
  stage: Stage,
  shop: Shop,
  conversationId: string,
): Promise<{ caseId: string }> {
  await stage.ask("POST", `/api/agent/conversations/${conversationId}/suggestions`, shop.owner.cookie, {});
  const made = await stage.ask<{ id: string }>("POST", "/api/admin/test-cases", shop.key, {
    question: "How long can I return it?",
    answer: "Thirty days.",
  });
  await runAnswerEval(shop, { model: undefined, print: () => undefined });
  await stage.ask("POST", "/api/admin/test-cases/run", shop.owner.cookie, {});
  return { caseId: made.body.id };
}
