import { globalPrisma, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OperatorWho } from "#services/accounts";
import { createContact, createConversation } from "#services/conversations";

/** Makes a company with one AI agent; each test has its own. */
export async function aCompany(): Promise<{ companyId: string; agentId: string }> {
  const companyId = newId();
  const agentId = newId();
  await withCompany(companyId, async (tx) => {
    await tx.company.create({ data: { id: companyId, name: "Acme", slug: companyId } });
    await tx.agent.create({
      data: { id: agentId, companyId, name: "Nori", allowedOrigins: ["https://shop.example"] },
    });
  });
  return { companyId, agentId };
}

/** Makes an operator of a company, ready to be the `who` of a command. */
export async function anOperator(
  companyId: string,
  { name = "Anna", role = "operator" as OperatorWho["role"] } = {},
): Promise<OperatorWho> {
  const userId = newId();
  await globalPrisma().user.create({ data: { id: userId, name, email: `${userId}@example.com` } });
  await withCompany(companyId, (tx) => tx.member.create({ data: { id: newId(), companyId, userId, role } }));
  return { kind: "operator", companyId, userId, name, role };
}

/** Makes an empty conversation of a new customer, in a new company unless one is given. */
export async function aConversation(company?: {
  companyId: string;
  agentId: string;
}): Promise<{ companyId: string; agentId: string; contactId: string; conversationId: string }> {
  const { companyId, agentId } = company ?? (await aCompany());
  const contactId = await createContact(companyId, { name: "Kim" });
  const conversationId = await createConversation(companyId, { agentId, contactId });
  return { companyId, agentId, contactId, conversationId };
}
