import { hashToken } from "#lib/crypto";
import { AppError } from "#lib/errors";
import { sweepSession } from "#lib/sweeps";
import type { CustomerWho } from "#services/accounts";
import { type ConversationRecord, conversationRecord } from "#services/conversations";

/** A recognised customer with what recognising read anyway: their session and conversation as they were a moment ago. */
export type Customer = CustomerWho & {
  conversation: ConversationRecord;
  session: SessionRecord;
};

export type SessionRecord = {
  id: string;
  state: "INIT" | "ACTIVE" | "IDLE" | "CLOSED";
  origin: string;
  createdAt: string;
  lastActivityAt: string;
  expiresAt: string;
  tokenHash: string;
};

export type Credentials = {
  /** The session that the path names; absent where only a token is at hand. */
  sessionId?: string;
  token: string | undefined;
  /** The page's origin, absent on requests of the window itself. */
  origin: string | undefined;
};

/**
 * Finds the customer whom a token belongs to. Unknown, expired, foreign and closed sessions are all `unauthenticated`,
 * with the same words, so that nobody learns which of them exists; a wrong origin is too.
 */
export async function recogniseCustomer(credentials: Credentials): Promise<Customer> {
  const customer = await findCustomer(credentials);
  if (customer === undefined || customer.session.state === "CLOSED") throw unknownSession();
  return customer;
}

/** The same, also for a session that is closed, so that a returning customer finds their conversation. */
export async function findCustomer({ sessionId, token, origin }: Credentials): Promise<Customer | undefined> {
  if (token === undefined || token.length > 200) return undefined;
  const found = await sweepSession(hashToken(token));
  if (found === undefined) return undefined;
  const row = found.session;
  const session: SessionRecord = {
    id: String(row.id),
    state: row.state as SessionRecord["state"],
    origin: String(row.origin),
    createdAt: new Date(String(row.created_at)).toISOString(),
    lastActivityAt: new Date(String(row.last_activity_at)).toISOString(),
    expiresAt: new Date(String(row.expires_at)).toISOString(),
    tokenHash: String(row.token_hash),
  };
  if (sessionId !== undefined && session.id !== sessionId) return undefined;
  if (Date.parse(session.expiresAt) < Date.now()) return undefined;
  // The agent's list is asked each time: a site that was taken off it is shut out at once.
  if (origin !== undefined && (origin !== session.origin || !found.origins.includes(origin)))
    return undefined;
  return {
    kind: "customer",
    companyId: String(row.company_id),
    sessionId: session.id,
    conversationId: String(row.conversation_id),
    contactId: String(row.contact_id),
    agentId: String(row.agent_id),
    conversation: conversationRecord(found.conversation),
    session,
  };
}

function unknownSession(): AppError {
  return new AppError("unauthenticated", "This chat session is not known or has ended: open a new one.");
}
