import type { DeskAction } from "#contracts/desk-actions";
import type { OperatorWho } from "#services/accounts";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import { accept, initiateEscalation } from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";

export type Desk = {
  company: { companyId: string; agentId: string };
  anna: OperatorWho;
  ben: OperatorWho;
};

/** A company with two who work in it. */
export async function aDesk(): Promise<Desk> {
  const company = await aCompany();
  return {
    company,
    anna: await anOperator(company.companyId, { name: "Anna Berg" }),
    ben: await anOperator(company.companyId, { name: "Ben Dahl" }),
  };
}

/** A conversation in which a customer has asked something, and who has it now. */
export async function asked(
  { company }: Desk,
  { by, waiting = false }: { by?: OperatorWho; waiting?: boolean } = {},
): Promise<string> {
  const { conversationId } = await aConversation(company);
  await customerSays(company, conversationId, "Where is my order?");
  if (by === undefined && !waiting) return conversationId;
  await initiateEscalation(company, conversationId, { reason: "manual", sentence: "A person is needed." });
  if (by !== undefined) await accept(by, conversationId);
  return conversationId;
}

export async function customerSays(who: { companyId: string }, conversationId: string, text: string) {
  await append(await findConversation(who, conversationId), {
    now: new Date(),
    messages: [{ author: { kind: "customer" }, text }],
  });
}

export async function now({ company }: Desk, conversationId: string): Promise<ConversationRecord> {
  return findConversation(company, conversationId);
}

export const tagging = (add: string[], remove: string[] = []): Extract<DeskAction, { kind: "tag" }> => ({
  kind: "tag",
  add,
  remove,
});
