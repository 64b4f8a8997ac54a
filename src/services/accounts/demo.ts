import type { CreateAgentBody } from "#contracts/admin";
import { type Tx, withCompany } from "#lib/db";
import { addAgent, demoCompanyId, listAgents, saveAgent } from "./agents.ts";
import { identityPrisma } from "./identity-database.ts";
import { addMember, addPerson } from "./people.ts";
import { addCompany } from "./setup.ts";

export type DemoCompany = { companyId: string; ownerId: string; agentId: string; created: boolean };

// Kept with the company until its past is told; whoever reads the field expects JSON.
const untold = JSON.stringify({ past: "untold" });

const people = [
  { name: "Freja Lindqvist", email: "freja@nordlicht.example", role: "owner" },
  { name: "Anna Berg", email: "anna@nordlicht.example", role: "operator" },
  { name: "Mikkel Dahl", email: "mikkel@nordlicht.example", role: "operator" },
  { name: "Lena Vogt", email: "lena@nordlicht.example", role: "operator" },
] as const;

const nori = {
  name: "Nori",
  instructions: [
    "You are Nori, the support assistant of Nordlicht Outdoor, a shop for tents, jackets, boots and bikes in Lübeck.",
    "Be warm and brief. Answer in the customer's language, and only from the help articles; quote figures and deadlines exactly.",
    "When you are not sure, say so and offer a colleague. Never promise a refund, a date or an exception.",
  ].join("\n"),
  greeting:
    "Hej! I'm Nori, the AI assistant of Nordlicht Outdoor. Ask me about orders, returns, sizes or care.",
  suggestions: ["How do I send something back?", "Where is my order?", "Which size fits me?"],
  topics: ["Orders", "Returns and repairs", "Choosing gear"],
  color: "#1f5f54",
  language: "en",
} satisfies Partial<CreateAgentBody>;

/** Makes the demo company, once; later only sees to it that its agent may appear on these origins. */
export async function makeDemoCompany(origins: string[]): Promise<DemoCompany> {
  const made = await identityPrisma().$transaction(async (tx) => {
    // Two processes that start at once make one demo.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('baton.demo'))`;
    if (await tx.company.findFirst({ where: { demo: true }, select: { id: true } })) return undefined;
    const companyId = await addCompany(tx, "Nordlicht Outdoor", { demo: true });
    await tx.company.update({ where: { id: companyId }, data: { metadata: untold } });
    const ids: string[] = [];
    for (const { role, ...person } of people) {
      const userId = await addPerson(tx, person);
      await addMember(tx, companyId, userId, role);
      ids.push(userId);
    }
    const agent = await addAgent(tx, { kind: "system", companyId }, { ...nori, allowedOrigins: origins });
    return { companyId, ownerId: ids[0] ?? "", agentId: agent.id, created: true };
  });
  return made ?? findDemo(origins);
}

/** Says whether the past of the demo company is still to be told. */
export async function isDemoUntold(companyId: string): Promise<boolean> {
  const found = await withCompany(companyId, (tx) =>
    tx.company.count({ where: { id: companyId, metadata: untold } }),
  );
  return found === 1;
}

/**
 * Says whether the past of the demo company is still to be told, and holds that for this very transaction: it is told once,
 * however many start, and whatever ends in the middle of it.
 */
export async function claimDemoPast(tx: Tx, companyId: string): Promise<boolean> {
  const { count } = await tx.company.updateMany({
    where: { id: companyId, metadata: untold },
    data: { metadata: null },
  });
  return count === 1;
}

/** Removes the demo company with all that belongs to it, and the people who were made for it. */
export async function removeDemoCompany(): Promise<boolean> {
  const companyId = await demoCompanyId();
  if (companyId === undefined) return false;
  await identityPrisma().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('baton.company', ${companyId}, true)`;
    // First, while their counters still have a company to be counted down for.
    await tx.conversation.deleteMany({ where: { companyId } });
    await tx.company.delete({ where: { id: companyId } });
    await tx.user.deleteMany({ where: { email: { in: people.map(({ email }) => email) } } });
  });
  return true;
}

async function findDemo(origins: string[]): Promise<DemoCompany> {
  const companyId = await demoCompanyId();
  if (companyId === undefined) throw new Error("The demo company vanished while it was looked for.");
  const who = { kind: "system", companyId } as const;
  const [agent] = await listAgents(who);
  if (agent === undefined) throw new Error("The demo company has no agent.");
  const missing = origins.filter((origin) => !agent.allowedOrigins.includes(origin));
  // The port or the public address may be another one than at the last start.
  if (missing.length > 0)
    await saveAgent(who, agent.id, { allowedOrigins: [...agent.allowedOrigins, ...missing].slice(-50) });
  const owner = await identityPrisma().member.findFirst({
    where: { companyId, role: "owner" },
    orderBy: { createdAt: "asc" },
    select: { userId: true },
  });
  return { companyId, ownerId: owner?.userId ?? "", agentId: agent.id, created: false };
}
