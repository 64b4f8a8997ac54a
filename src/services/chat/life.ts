import { type Tx, withCompany } from "#lib/db";
import { isAppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { log } from "#lib/log";
import { abandon } from "#services/handover";
import type { Customer, SessionRecord } from "./customer.ts";
import { forgetCustomer } from "./remembered.ts";
import { topicConversations } from "./topic-store.ts";

const minute = 60_000;
/** A session without activity for so long is idle. */
export const idleAfter = 30 * minute;
/** An idle session is closed after so long, and a conversation that only the AI had with it. */
export const closeAfter = 24 * 60 * minute;

const afterAnswer = 150;

type SessionJob = { companyId: string; sessionId: string };

/** Notes that a session is in use: at once when it was not active, else at most once a minute. Answers how it then stands. */
export function touchSession(customer: Customer, now: Date): SessionRecord {
  const { session } = customer;
  const fresh = now.getTime() - Date.parse(session.lastActivityAt) < minute;
  if (session.state === "ACTIVE" && fresh) return session;
  // A little later, so that it does not stand between the customer's words and the first word of the answer.
  setTimeout(() => {
    activate(customer, now).catch((error: unknown) => {
      // The next message tries again; nothing but the clock of idleness rests on it.
      forgetCustomer(customer);
      log.warn(
        { name: error instanceof Error ? error.name : "unknown" },
        "A session's activity could not be noted",
      );
    });
  }, afterAnswer).unref();
  return { ...session, state: "ACTIVE", lastActivityAt: now.toISOString() };
}

async function activate({ companyId, sessionId }: Customer, now: Date): Promise<void> {
  await withCompany(companyId, async (tx) => {
    const woken = await tx.chatSession.updateMany({
      where: { id: sessionId, state: { in: ["INIT", "IDLE"] } },
      data: { state: "ACTIVE", lastActivityAt: now },
    });
    if (woken.count > 0) return watchSession(tx, { companyId, sessionId }, now);
    await tx.chatSession.updateMany({
      where: { id: sessionId, state: "ACTIVE" },
      data: { lastActivityAt: now },
    });
  });
}

/** Looks after a session from now on: it becomes idle, and later closed, by jobs of this and later commits. */
export async function watchSession(tx: Tx, job: SessionJob, now: Date): Promise<void> {
  const runAt = new Date(now.getTime() + idleAfter);
  await addJobWithin(tx, "session.idle", job, { runAt, key: `session:${job.sessionId}` });
}

/** Makes a session idle once nothing has happened in it for half an hour; otherwise looks again when that may be. */
export async function idleSession({ companyId, sessionId }: SessionJob, now = new Date()): Promise<void> {
  const session = await withCompany(companyId, (tx) =>
    tx.chatSession.findUnique({ where: { id: sessionId } }),
  );
  if (session === null || session.state === "CLOSED") return;
  const due = session.lastActivityAt.getTime() + idleAfter;
  if (due > now.getTime()) {
    await later("session.idle", { companyId, sessionId }, new Date(due));
    return;
  }
  const idle = await withCompany(companyId, (tx) =>
    tx.chatSession.updateMany({
      where: { id: sessionId, state: { not: "CLOSED" }, lastActivityAt: session.lastActivityAt },
      data: { state: "IDLE" },
    }),
  );
  if (idle.count === 0) {
    await later("session.idle", { companyId, sessionId }, new Date(now.getTime() + idleAfter));
    return;
  }
  await later("session.close", { companyId, sessionId }, new Date(now.getTime() + closeAfter));
}

/**
 * Closes a session that stayed idle, and abandons those of its conversations where only the AI was waiting for an
 * answer; a session in use again is watched on.
 */
export async function closeSession({ companyId, sessionId }: SessionJob, now = new Date()): Promise<void> {
  const session = await withCompany(companyId, async (tx) => {
    await tx.chatSession.updateMany({ where: { id: sessionId, state: "IDLE" }, data: { state: "CLOSED" } });
    return tx.chatSession.findUnique({ where: { id: sessionId } });
  });
  if (session === null) return;
  if (session.state !== "CLOSED") {
    // In use again: someone must go on watching it.
    await later("session.idle", { companyId, sessionId }, new Date(now.getTime() + idleAfter));
    return;
  }
  const { visitorId, contactId } = session;
  const topics = await topicConversations({ companyId, sessionId, visitorId });
  if (topics.every(({ head }) => head === 0)) {
    await forgetVisit(companyId, contactId, topics);
    return;
  }
  for (const { id } of topics.filter(({ state, head }) => state === "ACTIVE" && head > 0)) {
    await abandon({ companyId }, id).catch((error: unknown) => {
      // Someone took it meanwhile: then it is theirs to close.
      if (!isAppError(error) || error.code !== "conflict") throw error;
    });
  }
}

/** Removes what a visitor left who opened the chat and never wrote. */
async function forgetVisit(companyId: string, contactId: string, empty: { id: string }[]): Promise<void> {
  const ids = empty.map(({ id }) => id);
  await withCompany(companyId, async (tx) => {
    // In the order in which a merge of contacts takes them, so that neither waits for the other.
    await tx.$queryRaw`SELECT id FROM contact WHERE company_id = ${companyId}::uuid AND id = ${contactId}::uuid FOR UPDATE`;
    await tx.$queryRaw`
      SELECT id FROM conversation WHERE company_id = ${companyId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
    await tx.conversation.deleteMany({ where: { id: { in: ids }, companyId, head: 0 } });
    const others = await tx.conversation.count({ where: { companyId, contactId } });
    if (others === 0) await tx.contact.deleteMany({ where: { id: contactId, companyId } });
  });
}

async function later(task: string, job: SessionJob, runAt: Date): Promise<void> {
  await withCompany(job.companyId, (tx) =>
    addJobWithin(tx, task, job, { runAt, key: `session:${job.sessionId}` }),
  );
}
