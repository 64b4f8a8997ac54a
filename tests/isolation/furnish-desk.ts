import { newId } from "#lib/ids";
import { append, findConversation, indexDue } from "#services/conversations";
import type { Shop, Stage } from "#support/stage";

export type FurnishedDesk = { responseId: string; macroId: string; viewId: string };

/** Keeps something of every kind for a shop's operators: also a colleague who is named, words found and words that wait. */
export async function furnishDesk(stage: Stage, shop: Shop, conversationId: string): Promise<FurnishedDesk> {
  const { companyId, owner } = shop;
  const own = `/api/agent/conversations/${conversationId}`;
  const keep = async (path: string, body: unknown) =>
    (await stage.ask<{ id: string }>("POST", `/api/agent/${path}`, owner.cookie, body)).body.id;
  const responseId = await keep("canned-responses", { name: "thanks", title: "Thanks", text: "Thank you!" });
  const macroId = await keep("macros", { name: "Done", actions: [{ kind: "resolve" }] });
  const viewId = await keep("views", { name: "Gold", filters: { tag: "gold" } });
  const colleague = await stage.colleague(shop);
  await stage.ask("POST", `${own}/tags`, owner.cookie, { add: ["gold"] });
  await stage.ask("PUT", `${own}/draft`, owner.cookie, { text: "Dear" });
  await stage.ask("POST", `${own}/send`, owner.cookie, {
    clientId: newId(),
    text: "Can you look?",
    audience: "operators",
    mentions: [colleague.who.userId],
  });
  const { row } = (await stage.ask<{ row: { customer: { id: string } } }>("GET", own, owner.cookie)).body;
  await stage.ask("PATCH", `/api/agent/contacts/${row.customer.id}/attributes`, owner.cookie, {
    name: "Kim",
    attributes: { plan: "gold" },
  });
  while ((await indexDue()) > 0);
  await append(await findConversation({ companyId }, conversationId), {
    now: new Date(),
    messages: [
      { author: { kind: "operator", id: "none", name: "Nobody" }, text: "waits", audience: "operators" },
    ],
  });
  return { responseId, macroId, viewId };
}
