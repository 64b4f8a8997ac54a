import { createHmac } from "node:crypto";
import { hashToken, sameText } from "#lib/crypto";
import { read, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

/** Who gets no more letters of which company. */
export type Refusing = { companyId: string; addressHash: string; signature: string };

/** Where whoever gets a letter says that they want no more: by a press on a page, or in their mail program. */
export function refusalLinks(companyId: string, address: string): { page: string; post: string } {
  const addressHash = hashOf(address);
  const rest = `letters/${companyId}/${addressHash}?signature=${sign(companyId, addressHash)}`;
  return { page: `${env.PUBLIC_BASE_URL}/${rest}`, post: `${env.PUBLIC_BASE_URL}/api/${rest}` };
}

/** Leads a mail program that only looks at the link to the page where somebody can press. Throws `not_found` for a link that is not ours. */
export function refusalPage(link: Refusing): Response {
  const { companyId, addressHash, signature } = opened(link);
  const page = `${env.PUBLIC_BASE_URL}/letters/${companyId}/${addressHash}?signature=${encodeURIComponent(signature)}`;
  return Response.redirect(page, 303);
}

/** Keeps that an address wants no more letters of a company. Throws `not_found` for a link that is not ours. */
export async function refuseLetters(link: Refusing, now = new Date()): Promise<void> {
  const { companyId, addressHash } = opened(link);
  await withCompany(
    companyId,
    (tx) =>
      tx.$executeRaw`INSERT INTO letter_refusal (company_id, address_hash, created_at)
      SELECT id, ${addressHash}, ${now} FROM company WHERE id = ${companyId}::uuid ON CONFLICT DO NOTHING`,
  );
}

/** The name of the company that such a link is about. Throws `not_found` for a link that is not ours. */
export async function refusalCompany(link: Refusing): Promise<string> {
  const { companyId } = opened(link);
  const [row] = await read<{ name: string }>(companyId, "SELECT name FROM company WHERE id = $1", [
    companyId,
  ]);
  if (row === undefined) throw unknown();
  return row.name;
}

/** Says whether an address wants no letters of a company. */
export async function refusesLetters(companyId: string, address: string): Promise<boolean> {
  const rows = await read(
    companyId,
    "SELECT 1 FROM letter_refusal WHERE company_id = $1 AND address_hash = $2",
    [companyId, hashOf(address)],
  );
  return rows.length > 0;
}

function opened(link: Refusing): Refusing {
  if (!sameText(link.signature, sign(link.companyId, link.addressHash))) throw unknown();
  return link;
}

function hashOf(address: string): string {
  return hashToken(address.trim().toLowerCase());
}

function sign(companyId: string, addressHash: string): string {
  const secret = env.BATON_SECRET;
  if (secret === undefined)
    throw new AppError("unavailable", "BATON_SECRET is missing: no letter can be sent that can be refused.");
  return createHmac("sha256", secret).update(`letters ${companyId} ${addressHash}`).digest("base64url");
}

function unknown(): AppError {
  return new AppError("not_found", "This link is not known, or not whole.");
}
