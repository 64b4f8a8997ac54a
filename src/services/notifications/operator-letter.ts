import { z } from "zod";
import { alertWords } from "#contracts/alert-words";
import type { EscalationReason } from "#contracts/conversation";
import { type AlertKind, alertDefaults } from "#contracts/notifications";
import { quietUntil } from "#contracts/quiet-hours";
import { read, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { mailIsOn, sendMail } from "#lib/mail";
import { customerName } from "#services/conversations";
import { settingsOf } from "./alert-settings.ts";
import { writeLetter } from "./letter-look.ts";

export const LetterJob = z.object({ companyId: z.uuid(), userId: z.uuid() });
type LetterJob = z.infer<typeof LetterJob>;

/** More than this is not read anyway; the letter says how many there are. */
const mostTold = 30;

type Line = {
  sendId: string;
  forced: boolean;
  kind: AlertKind;
  count: number;
  reason: EscalationReason | null;
  conversationId: string;
  contactId: string;
  contactName: string;
  snippet: string;
  lastAuthor: string | null;
  email: string;
  name: string;
  company: string;
};

/**
 * Sends an operator one letter with everything that is due and still unread. In quiet hours it waits for their end, except
 * for what a rule of the company sends. Throws `unavailable` where the mail server must be asked again.
 */
export async function sendLetter({ companyId, userId }: LetterJob, now = new Date()): Promise<void> {
  if (!mailIsOn()) return;
  const settings = (await settingsOf(companyId, [userId])).get(userId) ?? alertDefaults;
  const due = await dueLines(companyId, userId, now);
  const until = quietUntil(settings.quiet, now);
  const lines = until === undefined ? due : due.filter(({ forced }) => forced);
  if (until !== undefined && lines.length < due.length) await later({ companyId, userId }, until);
  const [first] = lines;
  if (first === undefined) return;

  const { email, name, company } = first;
  const shown = lines.slice(0, mostTold).map((line) => {
    const customer = customerName({ id: line.contactId, name: line.contactName });
    const { title, text } = alertWords({ ...line, customer, reason: line.reason ?? undefined });
    const words = settings.previews && line.lastAuthor === "customer" ? `\n“${line.snippet}”` : "";
    return { title, text: `${text}${words}`, url: `${env.PUBLIC_BASE_URL}/inbox/${line.conversationId}` };
  });
  const [only] = shown;
  const subject =
    lines.length === 1 && only !== undefined
      ? `${only.title}: ${lowered(only.text.split("\n")[0] ?? "")}`
      : `${lines.length} conversations need you`;
  const taken = await sendMail({
    to: email,
    id: `alert-${first.sendId}`,
    subject,
    fromName: "Baton",
    ...writeLetter({
      greeting: `Hello ${name},`,
      lead: `this happened at ${company}, and you have not seen it yet.`,
      items: shown,
      action: { label: "Open the inbox", url: `${env.PUBLIC_BASE_URL}/inbox` },
      foot: [`You get this as an operator of ${company}.`],
      leave: {
        label: "Change what you are told about",
        url: `${env.PUBLIC_BASE_URL}/settings/notifications`,
      },
    }),
  }).then(() => true, refused);
  await settle(companyId, lines, taken ? "sent" : "failed", now);
}

/** A letter that is refused for good is over; any other failure is tried again. */
function refused(error: unknown): false {
  if (isAppError(error) && error.code === "invalid") return false;
  throw error;
}

function dueLines(companyId: string, userId: string, now: Date): Promise<Line[]> {
  return read<Line>(
    companyId,
    `SELECT s.id AS "sendId", s.forced, a.kind, a.count, c.reason, c.id AS "conversationId", k.id AS "contactId",
            k.name AS "contactName", c.snippet, c.last_author AS "lastAuthor", u.email, u.name, o.name AS company
     FROM alert_send s
     JOIN alert a ON a.company_id = s.company_id AND a.id = s.alert_id AND a.read_at IS NULL
     JOIN conversation c ON c.company_id = a.company_id AND c.id = a.conversation_id
     JOIN contact k ON k.company_id = a.company_id AND k.id = c.contact_id
     JOIN company o ON o.id = a.company_id
     JOIN "user" u ON u.id = s.user_id
     WHERE s.company_id = $1 AND s.user_id = $2 AND s.subscription_id IS NULL AND s.state IN ('waiting', 'sending') AND s.due_at <= $3
     ORDER BY s.due_at, s.id LIMIT 200`,
    [companyId, userId, now],
  );
}

async function later({ companyId, userId }: LetterJob, runAt: Date): Promise<void> {
  // One for all that waits for the same morning.
  const key = `letter:${userId}:${runAt.getTime()}`;
  await withCompany(companyId, (tx) => addJobWithin(tx, "alert.mail", { companyId, userId }, { runAt, key }));
}

async function settle(companyId: string, lines: Line[], state: "sent" | "failed", now: Date): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.alertSend.updateMany({
      where: { companyId, id: { in: lines.map(({ sendId }) => sendId) } },
      data: { state, doneAt: now },
    }),
  );
}

function lowered(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
