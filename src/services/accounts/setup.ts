import type { SetupBody, SetupDone } from "#contracts/accounts";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { addAgent } from "./agents.ts";
import { audit } from "./audit.ts";
import { type IdentityTx, identityPrisma } from "./identity-database.ts";
import { addMember, addPerson } from "./people.ts";
import { signInAs } from "./sign-in-link.ts";

type NewCompany = { company: string; name: string; email: string; password?: string | undefined };

/** Says whether nobody can sign in yet, so that the first visitor may set Baton up. */
export async function needsSetup(): Promise<boolean> {
  return (await identityPrisma().user.findFirst({ select: { id: true } })) === null;
}

/** Makes the first company with its owner and agent, and signs the owner in. Throws `conflict` once anybody can sign in. */
export async function setUp(body: SetupBody): Promise<{ done: SetupDone; cookies: string[] }> {
  const done = await identityPrisma().$transaction(async (tx) => {
    // Two first visitors at once: the second waits here, and then finds the first.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('baton.setup'))`;
    if ((await tx.user.count()) > 0)
      throw new AppError("conflict", "Baton is set up already. Sign in, or ask for an invitation.");
    return makeCompany(tx, body);
  });
  return { done, cookies: await signInAs(done.userId) };
}

/** Makes a company with its owner and a first agent. Throws `conflict` if the owner's e-mail is taken. */
export async function createCompanyWithOwner(company: NewCompany): Promise<SetupDone> {
  return identityPrisma().$transaction((tx) => makeCompany(tx, company));
}

/** Adds a company within a transaction of sign-in that does more; the transaction works for it from then on. */
export async function addCompany(
  tx: IdentityTx,
  name: string,
  options: { demo?: boolean } = {},
): Promise<string> {
  const id = newId();
  await tx.company.create({ data: { id, name, slug: slugOf(name), demo: options.demo ?? false } });
  await tx.$executeRaw`SELECT set_config('baton.company', ${id}, true)`;
  return id;
}

async function makeCompany(tx: IdentityTx, { company, ...person }: NewCompany): Promise<SetupDone> {
  const companyId = await addCompany(tx, company);
  const userId = await addPerson(tx, person);
  await addMember(tx, companyId, userId, "owner");
  const who = { kind: "operator", companyId, userId, name: person.name, role: "owner" } as const;
  await audit(tx, who, "company.created", companyId, { name: company });
  const agent = await addAgent(tx, who, firstAgent(company));
  return { companyId, userId, agentId: agent.id };
}

function firstAgent(company: string) {
  return {
    name: "Assistant",
    instructions: `You are the support assistant of ${company}. Answer kindly, briefly and only from the help articles.`,
    greeting: `Hello! I am the AI assistant of ${company}. How can I help?`,
    suggestions: [],
    topics: [],
    color: "#2f5d50",
    language: "en",
    allowedOrigins: [new URL(env.PUBLIC_BASE_URL).origin],
  };
}

function slugOf(name: string): string {
  const letters = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${letters || "company"}-${newToken()
    .slice(0, 6)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "0")}`;
}
