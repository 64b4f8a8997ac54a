import { GENERAL } from "#contracts/attributes";
import type { OpenSessionBody, SessionView } from "#contracts/chat";
import { browserName } from "#lib/browser-name";
import { hashToken } from "#lib/crypto";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { sweepAgent } from "#lib/sweeps";
import {
  createContact,
  createConversation,
  createConversationIn,
  findConversation,
  holdContactOf,
} from "#services/conversations";
import { agentCard } from "./agent-card.ts";
import { conversationOfLink } from "./chat-link.ts";
import { type Customer, findCustomer, type SessionRecord } from "./customer.ts";
import { watchSession } from "./life.ts";
import { conversationSnapshot } from "./snapshot.ts";
import { findTopic, listTopics, renewTopic } from "./topic-store.ts";
import { tellTopics, visitOf } from "./topics.ts";

const life = 30 * 24 * 60 * 60_000;
/** How long after its end a conversation is opened again by new words; later words begin a new one. */
export const reopenWindow = 7 * 24 * 60 * 60_000;

type Caller = {
  token: string | undefined;
  origin: string | undefined;
  ownOrigin: string;
  /** What the browser calls itself. */
  userAgent: string | null;
  /** Counts the opening of a chat that was not there yet against its limit; throws `rate_limited`. */
  admitNew: () => Promise<void>;
};

/**
 * Opens a chat for whoever comes, or goes on with the one their token belongs to; the token is rotated at each opening.
 * Throws `not_found` for an unknown agent and for a letter's link that opens nothing any more, `forbidden` where the page's
 * origin is not allowed for it.
 */
export async function openSession(body: OpenSessionBody, caller: Caller): Promise<SessionView> {
  const agent = await sweepAgent(body.agentId);
  if (agent === undefined) throw new AppError("not_found", "This assistant does not exist.");
  const origin = caller.origin ?? caller.ownOrigin;
  if (origin !== caller.ownOrigin && !agent.allowedOrigins.includes(origin)) {
    throw new AppError(
      "forbidden",
      "This page may not embed the chat: its origin is not on the agent's list.",
    );
  }
  const token = newToken();
  const browser = browserOf(body, caller);
  if (body.resume !== undefined) {
    await caller.admitNew();
    const place = await conversationOfLink(agent, body.resume);
    const session = await beginIn({ ...agent, ...place, origin, token, browser });
    return view(session, { token, topic: undefined });
  }
  const known = await findCustomer({ token: caller.token, origin: caller.origin });
  const returning = known !== undefined && known.agentId === agent.id ? known : undefined;
  if (returning === undefined) await caller.admitNew();
  const session =
    returning === undefined || returning.session.state === "CLOSED"
      ? await begin(body, { ...agent, origin, token, browser, returning })
      : await resume(returning, { shown: caller.token, token, browser });
  return view(session, { token, topic: body.topic });
}

/** Where a customer's browser stands and what it is called; what it does not tell is left as it was. */
type Browser = { timeZone?: string; device?: string };

function browserOf({ timeZone }: OpenSessionBody, { userAgent }: Caller): Browser {
  return { ...(timeZone && { timeZone }), ...(userAgent && { device: browserName(userAgent) }) };
}

type Opened = {
  session: SessionRecord;
  companyId: string;
  agentId: string;
  contactId: string;
  conversationId: string;
};

async function begin(
  body: OpenSessionBody,
  place: Pick<Place, "id" | "companyId" | "origin" | "token" | "browser"> & {
    returning: Customer | undefined;
  },
): Promise<Opened> {
  const { companyId, id: agentId, returning } = place;
  const contactId =
    returning?.contactId ??
    (await createContact(companyId, { ...body.customer, locale: body.locale, page: body.page }));
  const conversationId =
    returning !== undefined && mayReopen(returning)
      ? returning.conversationId
      : await createConversation(companyId, { agentId, contactId });
  return beginIn({ ...place, contactId, conversationId, visitorId: returning?.session.visitorId });
}

type Place = {
  id: string;
  companyId: string;
  contactId: string;
  conversationId: string;
  origin: string;
  token: string;
  browser: Browser;
  /** The browser's own id; a new one sees none of the customer's other topics. */
  visitorId?: string | undefined;
};

/** Begins a session in a conversation that is there. */
async function beginIn(place: Place): Promise<Opened> {
  const { companyId, id: agentId, contactId, conversationId, visitorId = newId() } = place;
  const now = new Date();
  const sessionId = newId();
  const row = await withCompany(companyId, async (tx) => {
    await watchSession(tx, { companyId, sessionId }, now);
    return tx.chatSession.create({
      data: {
        id: sessionId,
        companyId,
        agentId,
        contactId,
        conversationId,
        visitorId,
        tokenHash: hashToken(place.token),
        origin: place.origin,
        ...place.browser,
        createdAt: now,
        lastActivityAt: now,
        expiresAt: new Date(now.getTime() + life),
      },
    });
  });
  return { companyId, agentId, contactId, conversationId, session: record(row) };
}

/** Goes on under a new token; the one that was shown serves until the new one has been used. */
async function resume(
  customer: Customer,
  { shown, token, browser }: { shown: string | undefined; token: string; browser: Browser },
): Promise<Opened> {
  const now = new Date();
  const row = await withCompany(customer.companyId, (tx) =>
    tx.chatSession.update({
      where: { id: customer.sessionId },
      data: {
        previousTokenHash: shown === undefined ? null : hashToken(shown),
        tokenHash: hashToken(token),
        tokenSeen: false,
        ...browser,
        rotatedAt: now,
        lastActivityAt: now,
        expiresAt: new Date(now.getTime() + life),
      },
    }),
  );
  return { ...customer, session: record(row) };
}

/** Gives a topic a new conversation in place of one that ended too long ago: the same one to all who ask at once. */
export async function beginNewConversation(customer: Customer, ended: string): Promise<string> {
  const { companyId, agentId, sessionId, topic: name } = customer;
  const begun = await withCompany(companyId, async (tx) => {
    const contactId = await holdContactOf(tx, companyId, sessionId);
    if (name !== GENERAL) return renewTopic(tx, visitOf(customer), { name, ended, agentId, contactId });
    const [session] = await tx.$queryRaw<{ conversation_id: string }[]>`
      SELECT conversation_id FROM chat_session WHERE company_id = ${companyId}::uuid AND id = ${sessionId}::uuid FOR UPDATE`;
    if (session !== undefined && session.conversation_id !== ended) return session.conversation_id;
    const conversationId = await createConversationIn(tx, companyId, { agentId, contactId });
    await tx.chatSession.update({ where: { id: sessionId }, data: { conversationId } });
    return conversationId;
  });
  tellTopics(customer);
  return begun;
}

/** Says whether new words still belong to a conversation that was closed. */
export function mayReopen({ conversation }: Pick<Customer, "conversation">, now = Date.now()): boolean {
  const { closedAt, state } = conversation;
  if (state !== "RESOLVED" && state !== "ABANDONED") return true;
  return closedAt !== undefined && now - Date.parse(closedAt) < reopenWindow;
}

async function view(
  opened: Opened,
  { token, topic = GENERAL }: { token: string; topic: string | undefined },
): Promise<SessionView> {
  const { companyId, agentId, contactId, session } = opened;
  const visit = { companyId, sessionId: session.id, visitorId: session.visitorId };
  const [shown, topics, agent] = await Promise.all([
    findTopic(visit, topic),
    listTopics(visit),
    agentCard(companyId, agentId),
  ]);
  const conversation = shown?.conversation ?? (await findConversation({ companyId }, opened.conversationId));
  return {
    sessionId: session.id,
    token,
    conversationId: conversation.id,
    companyId,
    agentId,
    customerId: contactId,
    channel: "web",
    state: session.state,
    createdAt: session.createdAt,
    lastActivityAt: session.lastActivityAt,
    expiresAt: session.expiresAt,
    agent,
    topic: shown?.name ?? GENERAL,
    topics,
    snapshot: await conversationSnapshot(conversation, "all"),
  };
}

function record(row: {
  id: string;
  state: string;
  origin: string;
  createdAt: Date;
  lastActivityAt: Date;
  expiresAt: Date;
  tokenHash: string;
  conversationId: string;
  visitorId: string;
}): SessionRecord {
  return {
    id: row.id,
    state: row.state as SessionRecord["state"],
    origin: row.origin,
    createdAt: row.createdAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    tokenHash: row.tokenHash,
    conversationId: row.conversationId,
    visitorId: row.visitorId,
  };
}
