import { identityPrisma } from "./identity-database.ts";

/** Finds a company by its slug, or the only one there is where no slug is given; for the command line. */
export async function companyBySlug(slug: string | undefined): Promise<string | undefined> {
  const found = await identityPrisma().company.findMany({
    where: slug === undefined ? {} : { slug },
    select: { id: true },
    take: 2,
  });
  return found.length === 1 ? found[0]?.id : undefined;
}

/** Finds a person by e-mail address; for the command line. */
export async function userByEmail(email: string): Promise<string | undefined> {
  const user = await identityPrisma().user.findUnique({
    where: { email: email.toLowerCase() },
    select: { id: true },
  });
  return user?.id;
}
