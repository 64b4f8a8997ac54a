import { withCompany } from "#lib/db";
import type { Shop, Stage } from "#support/stage";

/** Begins a draft of the escalation rules, and a run of the time machine that found a conversation changed. */
export async function furnishRules(
  stage: Stage,
  { companyId, owner }: Shop,
  conversationId: string,
): Promise<{ backtestId: string }> {
  const at = "/api/admin/rules";
  const { body } = await stage.ask<{ id: string }>("POST", `${at}/backtests`, owner.cookie, {
    rules: "published",
    conversations: 10,
  });
  await withCompany(companyId, (tx) =>
    tx.backtestChange.create({
      data: { companyId, backtestId: body.id, conversationId, kind: "more", detail: {} },
    }),
  );
  const { body: draft } = await stage.ask<{ published: number }>("GET", `${at}/draft`, owner.cookie);
  await stage.ask("PUT", `${at}/draft`, owner.cookie, { rules: [], revision: 0, basedOn: draft.published });
  return { backtestId: body.id };
}
