import type { Role } from "#contracts/accounts";
import { newToken } from "#lib/ids";
import {
  acceptInvitation,
  createCompanyWithOwner,
  invite,
  listMembers,
  type OperatorWho,
} from "#services/accounts";

/** Makes a company of its own for one test, with an owner who can sign in. */
export async function aCompany() {
  const [name, password] = ["Ada Owner", "correct horse battery"];
  const email = anEmail();
  const { companyId, userId, agentId } = await createCompanyWithOwner({
    company: "Harbour",
    name,
    email,
    password,
  });
  const owner: OperatorWho = { kind: "operator", companyId, userId, name, role: "owner" };
  return { companyId, agentId, owner, email, password };
}

/** Makes a person with a role in the company of somebody who may invite them. */
export async function aPersonIn(owner: OperatorWho, role: Role): Promise<OperatorWho> {
  const email = anEmail();
  const { id } = await invite(owner, email, role);
  await acceptInvitation(id, { name: "Bo Member", password: "a long enough password" }, undefined);
  const member = (await listMembers(owner)).find((one) => one.email === email);
  if (member === undefined) throw new Error("the invited person did not become a member");
  return { kind: "operator", companyId: owner.companyId, userId: member.userId, name: member.name, role };
}

/** The headers of a browser that kept these cookies. */
export function cookieHeaders(cookies: string[]): Headers {
  return new Headers({ cookie: cookies.map((cookie) => cookie.split(";")[0]).join("; ") });
}

function anEmail(): string {
  return `${newToken().slice(0, 12).toLowerCase()}@example.com`;
}
