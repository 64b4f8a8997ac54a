import type { CompanyView } from "#contracts/admin";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import type { Company } from "#prisma";
import { audit } from "./audit.ts";
import { must } from "./permissions.ts";
import type { Staff, Who } from "./who.ts";

/** The company of whoever asks. */
export async function getCompany(who: Who): Promise<CompanyView> {
  return withCompany(who.companyId, async (tx) => {
    const company = await tx.company.findUnique({ where: { id: who.companyId } });
    if (company === null) throw new AppError("not_found", "This company does not exist.");
    return toView(company);
  });
}

/** Gives the company another name. */
export async function renameCompany(who: Staff, name: string): Promise<CompanyView> {
  must(who, "company:write");
  return withCompany(who.companyId, async (tx) => {
    const company = await tx.company.update({ where: { id: who.companyId }, data: { name } });
    await audit(tx, who, "company.renamed", who.companyId, { name });
    return toView(company);
  });
}

function toView({ id, name, demo, createdAt }: Company): CompanyView {
  return { id, name, demo, createdAt: createdAt.toISOString() };
}
