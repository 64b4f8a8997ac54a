import { createHmac } from "node:crypto";
import { hashToken, sameText } from "#lib/crypto";
import { read } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

/** For how long a letter's link opens its chat. */
export const chatLinkLife = 14 * 24 * 60 * 60_000;

/** A chat, and the address that a letter about it is sent to. */
type Chat = { companyId: string; agentId: string; conversationId: string; address: string };

/**
 * Where whoever gets a letter goes on in this one chat, in any browser. What opens it stands behind the #, which no browser
 * sends to a server: it comes into no log and no other site learns of it.
 */
export function chatLink({ companyId, agentId, conversationId, address }: Chat, now = new Date()): string {
  const expires = Math.ceil((now.getTime() + chatLinkLife) / 1_000).toString(36);
  const signature = sign({ companyId, conversationId, address, expires });
  return `${env.PUBLIC_BASE_URL}/widget/${agentId}#resume=${conversationId}.${expires}.${signature}`;
}

/**
 * The chat that a letter's link opens. Throws `not_found` for one that is not ours, is for another assistant, has expired,
 * or went to an address that is not the customer's any more.
 */
export async function conversationOfLink(
  { id: agentId, companyId }: { id: string; companyId: string },
  resume: string,
  now = new Date(),
): Promise<{ conversationId: string; contactId: string }> {
  const [, conversationId, expires, signature] = shape.exec(resume) ?? [];
  if (conversationId === undefined || expires === undefined || signature === undefined) throw unknown();
  if (Number.parseInt(expires, 36) * 1_000 < now.getTime()) throw unknown();
  const [row] = await read<{ contactId: string; email: string | null }>(
    companyId,
    `SELECT k.id AS "contactId", k.email FROM conversation c JOIN contact k ON k.company_id = c.company_id AND k.id = c.contact_id
     WHERE c.company_id = $1 AND c.id = $2 AND c.agent_id = $3 AND c.channel = 'web'`,
    [companyId, conversationId, agentId],
  );
  if (row === undefined || row.email === null) throw unknown();
  const signed = sign({ companyId, conversationId, address: row.email, expires });
  if (!sameText(signature, signed)) throw unknown();
  return { conversationId, contactId: row.contactId };
}

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,10})\.([\w-]{43})$/;

type Signed = Omit<Chat, "agentId"> & { expires: string };

function sign({ companyId, conversationId, address, expires }: Signed): string {
  const secret = env.BATON_SECRET;
  if (secret === undefined)
    throw new AppError("unavailable", "BATON_SECRET is missing: no letter can lead back to its chat.");
  const said = `chat ${companyId} ${conversationId} ${hashToken(address.trim().toLowerCase())} ${expires}`;
  return createHmac("sha256", secret).update(said).digest("base64url");
}

function unknown(): AppError {
  return new AppError("not_found", "This link has expired, or is not whole.");
}
