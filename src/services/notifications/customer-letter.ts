import { z } from "zod";
import { toldName } from "#contracts/canned-words";
import { bus } from "#lib/bus";
import { read, type Tx, withCompany } from "#lib/db";
import { isAppError } from "#lib/errors";
import { addJobWithin } from "#lib/jobs";
import { log } from "#lib/log";
import { mailIsOn, sendMail } from "#lib/mail";
import { renderParts } from "#services/channels";
import { chatLink } from "#services/chat";
import { writeLetter } from "./letter-look.ts";
import { refusalLinks, refusesLetters } from "./letter-refusal.ts";
import { hearPresence, isCustomerOnline } from "./presence.ts";

const minute = 60_000;
/** For so long an answer waits in the chat for its reader before it is sent after them. */
export const unseenFor = 2 * minute;
/** A talk that goes on is sent at the latest after so long, as far as it is. */
const longest = 10 * minute;
/** Somebody whose window stays open is looked after for so long. */
const patience = 12 * 60 * minute;
/** What other processes know of open windows is heard within one beat of theirs. */
const heardWithin = 12_000;
const mostTold = 20;

export const CustomerLetterJob = z.object({ companyId: z.uuid(), conversationId: z.uuid() });
type Place = z.infer<typeof CustomerLetterJob>;

type Entry = {
  conversationId: string;
  seq: number;
  author: string | null;
  audience: string | null;
  channel: string;
  customerRead: number;
};

/** Puts in line, within a transaction, to look whether the answers in these entries of the log were seen. */
export async function awaitReader(tx: Tx, companyId: string, entries: Entry[], now: Date): Promise<void> {
  const unseen = entries.filter(
    ({ author, audience, channel, seq, customerRead }) =>
      (author === "agent" || author === "operator") &&
      audience === "all" &&
      channel === "web" &&
      seq > customerRead,
  );
  if (unseen.length === 0) return;
  const runAt = new Date(now.getTime() + unseenFor);
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('customer.letter', json_build_object('companyId', ${companyId}::text, 'conversationId', c.id),
      queue_name => 'customer-letter:' || c.id, run_at => ${runAt}, job_key => 'customer-letter:' || c.id,
      job_key_mode => 'preserve_run_at', max_attempts => 12)
    FROM conversation c JOIN contact k ON k.company_id = c.company_id AND k.id = c.contact_id
    WHERE c.company_id = ${companyId}::uuid AND c.id = ANY(${[...new Set(unseen.map(({ conversationId }) => conversationId))]}::uuid[])
      AND k.email IS NOT NULL
      AND EXISTS (SELECT FROM chat_session s WHERE s.company_id = c.company_id AND s.contact_id = c.contact_id)`;
}

/**
 * Sends a customer who left an address what was answered since they last looked, in one letter, when their chat is closed
 * and two minutes have passed. Throws `unavailable` where the mail server must be asked again.
 */
export async function sendCustomerLetter(place: Place, now = new Date()): Promise<void> {
  if (!mailIsOn()) return;
  const unseen = await unseenIn(place);
  const [first] = unseen;
  const last = unseen.at(-1);
  if (first === undefined || last === undefined || first.email === null) return;
  if (await refusesLetters(place.companyId, first.email)) return;
  if (now.getTime() - last.at.getTime() > patience) return;
  const dueAt = Math.min(last.at.getTime() + unseenFor, first.at.getTime() + longest);
  if (dueAt > now.getTime()) return later(place, new Date(dueAt));
  const heard = bus().kind === "memory" ? heardWithin : hearPresence(place.companyId);
  if (heard < heardWithin) return later(place, new Date(now.getTime() + heardWithin));
  // An open window may be one that nobody looks at; whoever does look moves the read mark.
  if (isCustomerOnline(place.companyId, place.conversationId))
    return later(place, new Date(now.getTime() + unseenFor));
  try {
    await send(place, { ...first, email: first.email }, unseen);
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid") throw error;
    log.warn({ conversationId: place.conversationId }, "The mail server refused a letter to a customer");
  }
  await withCompany(place.companyId, (tx) => {
    const { companyId, conversationId } = place;
    const sent = { seq: last.seq, sentAt: now };
    return tx.customerLetter.upsert({
      where: { companyId_conversationId: { companyId, conversationId } },
      create: { companyId, conversationId, ...sent },
      update: sent,
    });
  });
}

type Unseen = {
  seq: number;
  at: Date;
  author: "agent" | "operator";
  authorName: string | null;
  text: string;
  email: string | null;
  name: string;
  agentId: string;
  agent: string;
  company: string;
};

function unseenIn({ companyId, conversationId }: Place): Promise<Unseen[]> {
  return read<Unseen>(
    companyId,
    `SELECT m.seq, m.created_at AS at, m.author_kind AS author, m.author_name AS "authorName", m.text,
            k.email, k.name, a.id AS "agentId", a.name AS agent, o.name AS company
     FROM conversation c
     JOIN message m ON m.company_id = c.company_id AND m.conversation_id = c.id AND m.audience = 'all'
       AND m.author_kind IN ('agent', 'operator')
     JOIN contact k ON k.company_id = c.company_id AND k.id = c.contact_id
     JOIN agent a ON a.company_id = c.company_id AND a.id = c.agent_id
     JOIN company o ON o.id = c.company_id
     LEFT JOIN customer_letter l ON l.company_id = c.company_id AND l.conversation_id = c.id
     WHERE c.company_id = $1 AND c.id = $2 AND c.channel = 'web' AND m.seq > greatest(c.customer_read, coalesce(l.seq, 0))
     ORDER BY m.seq LIMIT 200`,
    [companyId, conversationId],
  );
}

async function send(place: Place, to: Unseen & { email: string }, unseen: Unseen[]): Promise<void> {
  const { companyId, conversationId } = place;
  const leave = refusalLinks(companyId, to.email);
  const shown = unseen.slice(-mostTold);
  const many = unseen.length === 1 ? "an answer" : `${unseen.length} answers`;
  const newest = unseen.at(-1)?.seq ?? 0;
  await sendMail({
    to: to.email,
    id: `chat-${conversationId}-${newest}`,
    subject: unseen.length === 1 ? `${to.company} has answered you` : `${many} from ${to.company}`,
    fromName: to.company,
    headers: {
      // One press in the mail program is enough (RFC 8058).
      "List-Unsubscribe": `<${leave.post}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      // All letters of one chat stand together.
      References: `<chat-${conversationId}@baton>`,
    },
    ...writeLetter({
      greeting: toldName(to.name) === "" ? "Hello," : `Hello ${to.name},`,
      lead: `you left the chat before you saw ${many} from ${to.company}.`,
      items: shown.map((each) => ({
        title: each.author === "agent" ? `${to.agent} (AI)` : (each.authorName ?? to.company),
        text: plain(each.text),
      })),
      action: {
        label: "Go on in the chat",
        url: chatLink({ companyId, agentId: to.agentId, conversationId, address: to.email }),
      },
      foot: [
        "The link opens this chat in any browser for 14 days. Whoever has it can read the chat: keep it to yourself.",
        "Nobody reads answers to this letter; please write in the chat.",
      ],
      leave: { label: `No more letters from ${to.company}`, url: leave.page },
    }),
  });
}

function plain(text: string): string {
  return renderParts(text, { dialect: "plain", maxLength: 100_000 })
    .map((part) => part.plain)
    .join("\n\n");
}

async function later(place: Place, runAt: Date): Promise<void> {
  const key = `customer-letter:${place.conversationId}`;
  await withCompany(place.companyId, (tx) =>
    addJobWithin(tx, "customer.letter", place, { runAt, key, queue: key }),
  );
}
