import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, globalPrisma, openDatabase } from "#lib/db";
import { newId, newToken } from "#lib/ids";
import { closeMail } from "#lib/mail";
import { forget } from "#lib/registry";
import { sweepStirred } from "#lib/sweeps";
import type { OperatorWho } from "#services/accounts";
import { append, findConversation } from "#services/conversations";
import { alertJobs, alertSettings, saveAlertSettings, subscribe } from "#services/notifications";
import { aConversation, anOperator } from "#support/company";
import { freshDatabase, lookBehind, othersCommitted } from "#support/database";
import { type FakeMail, startFakeMail } from "#support/fake-mail";
import { type FakeBrowser, type FakePush, startFakePush } from "#support/fake-push";

type Company = { companyId: string; agentId: string };
type Conversation = Awaited<ReturnType<typeof aConversation>>;
type Send = {
  id: string;
  user_id: string;
  state: string;
  why: string | null;
  due_at: Date;
  subscription_id: string | null;
};

export type AlertDesk = Awaited<ReturnType<typeof openAlertDesk>>;

/** Opens a database beside a push service and a mail server of the test's own, and does by hand what the worker does. */
export async function openAlertDesk() {
  const database = await freshDatabase();
  const [push, mail]: [FakePush, FakeMail] = await Promise.all([startFakePush(), startFakeMail()]);
  process.env.BATON_DATA = mkdtempSync(join(tmpdir(), "baton-alerts-"));
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  process.env.OUTBOUND_PRIVATE_HOSTS = push.host;
  process.env.SMTP_URL = mail.url;
  process.env.MAIL_FROM = "Harbour <help@harbour.example>";
  forget("env");
  forget("push.keys");
  openDatabase(database.url, { max: 12 });
  const admin = await lookBehind(database);

  const run = async (task: string, payload: unknown) => {
    const handler = alertJobs[task];
    if (handler === undefined) throw new Error(`There is no job ${task}.`);
    return handler(payload);
  };

  return {
    database,
    push,
    mail,
    admin,
    run,

    /** An operator who is signed in. */
    async operator(company: Company, name = "Anna"): Promise<OperatorWho & { sessionId: string }> {
      const who = await anOperator(company.companyId, { name });
      const sessionId = newId();
      const expiresAt = new Date(Date.now() + 86_400_000);
      await globalPrisma().session.create({
        data: { id: sessionId, userId: who.userId, token: newToken(), expiresAt },
      });
      return { ...who, sessionId };
    },

    /** A browser in which an operator turned push on. */
    async browser(who: OperatorWho, browser: FakeBrowser = push.browser()): Promise<FakeBrowser> {
      await subscribe(who, browser.subscription, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
      return browser;
    },

    async choose(
      who: OperatorWho,
      change: (settings: Awaited<ReturnType<typeof alertSettings>>["settings"]) => void,
    ) {
      const { settings } = structuredClone(await alertSettings(who));
      change(settings);
      await saveAlertSettings(who, settings);
    },

    /** Looks for news, as the worker does once a second. */
    async hear(companyId: string): Promise<void> {
      await othersCommitted();
      await sweepStirred();
      await run("alert.raise", { companyId });
    },

    async sends(companyId: string): Promise<Send[]> {
      const { rows } = await admin.query<Send>(
        "SELECT * FROM alert_send WHERE company_id = $1 ORDER BY due_at, id",
        [companyId],
      );
      return rows;
    },

    /** Lets everything leave that waits, as if its time had come. */
    async leave(companyId: string): Promise<void> {
      await admin.query("UPDATE alert_send SET due_at = least(due_at, now()) WHERE company_id = $1", [
        companyId,
      ]);
      const { rows } = await admin.query<Send>(
        "SELECT * FROM alert_send WHERE company_id = $1 AND state IN ('waiting', 'sending') ORDER BY due_at, id",
        [companyId],
      );
      for (const { id } of rows.filter(({ subscription_id }) => subscription_id !== null))
        await run("alert.push", { companyId, sendId: id });
      for (const userId of new Set(
        rows.flatMap((row) => (row.subscription_id === null ? [row.user_id] : [])),
      ))
        await run("alert.mail", { companyId, userId });
    },

    async escalate(conversation: Conversation): Promise<void> {
      const now = new Date();
      await append(await findConversation(conversation, conversation.conversationId), {
        now,
        change: { move: "escalate", state: "WAITING_HUMAN", waitingSince: now, reason: "explicit_request" },
      });
    },

    async write(conversation: Conversation, text = "Hello?"): Promise<void> {
      await append(await findConversation(conversation, conversation.conversationId), {
        now: new Date(),
        messages: [{ author: { kind: "customer", id: conversation.contactId, name: "Kim" }, text }],
      });
    },

    async answer(conversation: Conversation, text = "Here you are."): Promise<void> {
      await append(await findConversation(conversation, conversation.conversationId), {
        now: new Date(),
        messages: [{ author: { kind: "agent", id: conversation.agentId, name: "Nori" }, text }],
      });
    },

    conversation: (company: Company) => aConversation(company),

    async close(): Promise<void> {
      closeMail();
      await admin.end();
      await closeDatabase();
      await database.drop();
      await Promise.all([push.close(), mail.close()]);
    },
  };
}
