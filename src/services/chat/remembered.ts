import { hashToken } from "#lib/crypto";
import { once } from "#lib/registry";
import type { Credentials, Customer } from "./customer.ts";

/** What nobody proves again, such as how busy a session is, is at most so old. */
const life = 60_000;
/** Some two kilobytes each. */
const most = 2_000;

type Remembered = { customer: Customer; at: number };

/** Keeps a customer who has just been recognised in the General topic, by their token, for a minute. */
export function rememberCustomer(customer: Customer, now = Date.now()): void {
  const kept = memory();
  const { tokenHash } = customer.session;
  // The newest last: whoever is first has not been heard of for longest.
  kept.delete(tokenHash);
  kept.set(tokenHash, { customer, at: now });
  for (const [oldest, { at }] of kept) {
    if (kept.size <= most && now - at < life) break;
    kept.delete(oldest);
  }
}

/** Forgets what is remembered of a customer. */
export function forgetCustomer({ session }: Customer): void {
  memory().delete(session.tokenHash);
}

/**
 * A customer whom this process recognised within the last minute, without asking Postgres. They may have been shut out
 * since: what is done in their name must prove that they are not, as a commit with their session does.
 */
export function recallCustomer(credentials: Credentials, now = Date.now()): Customer | undefined {
  const { sessionId, token, origin, topic } = credentials;
  if (token === undefined || topic !== undefined) return undefined;
  const found = memory().get(hashToken(token));
  if (found === undefined || now - found.at >= life) return undefined;
  const { session } = found.customer;
  if (session.id !== sessionId || (origin !== undefined && origin !== session.origin)) return undefined;
  return { ...found.customer, recalledBy: credentials };
}

function memory(): Map<string, Remembered> {
  return once("chat.remembered", () => new Map<string, Remembered>());
}
