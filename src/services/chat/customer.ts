import { GENERAL } from "#contracts/attributes";
import { hashToken } from "#lib/crypto";
import { AppError } from "#lib/errors";
import { sweepSession } from "#lib/sweeps";
import type { CustomerWho } from "#services/accounts";
import { type ConversationRecord, conversationRecord } from "#services/conversations";
import { rememberCustomer } from "./remembered.ts";
import { findTopic, isGeneral } from "./topic-store.ts";

/**
 * A recognised customer with what recognising read anyway: their session, the topic they speak of, and its conversation as
 * it was a moment ago.
 */
export type Customer = CustomerWho & {
  topic: string;
  conversation: ConversationRecord;
  session: SessionRecord;
  /** By what they were recalled, where Postgres was not asked whether that still holds. */
  recalledBy?: Credentials;
};

export type SessionRecord = {
  id: string;
  state: "INIT" | "ACTIVE" | "IDLE" | "CLOSED";
  origin: string;
  createdAt: string;
  lastActivityAt: string;
  expiresAt: string;
  tokenHash: string;
  /** The conversation of the General topic. */
  conversationId: string;
  /** The browser, over all its sessions. */
  visitorId: string;
};

export type Credentials = {
  /** The session that the path names; absent where only a token is at hand. */
  sessionId?: string;
  token: string | undefined;
  /** The page's origin, absent on requests of the window itself. */
  origin: string | undefined;
  /** The topic that the request is about; General where it says none. */
  topic?: string | undefined;
};

/**
 * Finds the customer whom a token belongs to. Unknown, expired, foreign and closed sessions are all `unauthenticated`,
 * with the same words, so that nobody learns which of them exists; a wrong origin is too. Throws `not_found` for a topic
 * that the customer does not have.
 */
export async function recogniseCustomer(credentials: Credentials): Promise<Customer> {
  const customer = await findCustomer(credentials);
  if (customer === undefined || customer.session.state === "CLOSED") throw unknownSession();
  const { topic } = credentials;
  if (topic !== undefined && !isGeneral(topic)) return inTopic(customer, topic);
  // Whoever still comes by the token before is asked each time, until the new one has been used.
  if (hashToken(String(credentials.token)) === customer.session.tokenHash) rememberCustomer(customer);
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
    conversationId: String(row.conversation_id),
    visitorId: String(row.visitor_id),
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
    topic: GENERAL,
    conversation: conversationRecord(found.conversation),
    session,
  };
}

async function inTopic(customer: Customer, name: string): Promise<Customer> {
  const { companyId, session } = customer;
  const found = await findTopic({ companyId, visitorId: session.visitorId }, name);
  if (found === undefined) throw new AppError("not_found", "This topic does not exist: open it first.");
  const { conversation } = found;
  return { ...customer, topic: found.name, conversation, conversationId: conversation.id };
}

function unknownSession(): AppError {
  return new AppError("unauthenticated", "This chat session is not known or has ended: open a new one.");
}
