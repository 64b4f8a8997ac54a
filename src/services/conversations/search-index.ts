import { setTimeout as pause } from "node:timers/promises";
import { callSql, read } from "#lib/db";
import { log } from "#lib/log";
import { type SearchDueRow, sweepSearchDue } from "#lib/sweeps";
import { wordsOf } from "./search-words.ts";

const atOnce = 100;
const mostWords = 200;
/** How often as long as it read, while much waits, indexing stands back. */
const restFor = 3;

/** Reads the newest of what waits for its words in any company; answers how much that was. */
export async function indexDue(most = atOnce): Promise<number> {
  const due = await sweepSearchDue(most);
  for (const [companyId, rows] of Map.groupBy(due, (row) => row.companyId)) {
    await indexCompany(companyId, rows);
  }
  return due.length;
}

/** Goes on reading what waits for its words until it is stopped. */
export function startIndexing({ everyMs = 1_000 } = {}): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  async function follow(): Promise<void> {
    while (!signal.aborted) {
      const began = performance.now();
      const found = await indexDue().catch((error: unknown) => {
        log.warn({ name: error instanceof Error ? error.name : "unknown" }, "Words could not be kept");
        return 0;
      });
      // What has waited long may wait longer: most of the time is left to those who write now.
      const rest = found < atOnce ? everyMs : restFor * (performance.now() - began);
      await pause(rest, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
  const ended = follow();
  return {
    async stop() {
      ending.abort();
      await ended;
    },
  };
}

async function indexCompany(companyId: string, due: SearchDueRow[]): Promise<void> {
  const messages = due.filter(({ conversationId }) => conversationId !== null);
  const contacts = due.filter(({ contactId }) => contactId !== null);
  const [said, known] = await Promise.all([
    messages.length === 0 ? [] : readMessages(companyId, messages),
    contacts.length === 0 ? [] : readContacts(companyId, contacts),
  ]);
  await callSql("SELECT keep_words($1, $2::jsonb, $3::jsonb, $4)", [
    companyId,
    JSON.stringify(wordsSaid(said)),
    JSON.stringify(known.map((contact) => ({ id: contact.id, words: wordsOfContact(contact) }))),
    due.map(({ id }) => id),
  ]);
}

type Contact = { id: string; name: string; email: string | null };
type Message = {
  conversationId: string;
  seq: number;
  text: string;
  createdAt: Date;
  byCustomer: boolean;
} & Contact;
type Said = { id: string; word: string; at: number; seq: number };

function readMessages(companyId: string, due: SearchDueRow[]): Promise<Message[]> {
  return read(
    companyId,
    `SELECT m.conversation_id AS "conversationId", m.seq, m.text, m.created_at AS "createdAt",
            m.author_kind = 'customer' AS "byCustomer", k.id, k.name, k.email
     FROM unnest($2::uuid[], $3::int[]) AS due (conversation_id, seq)
     JOIN message m ON m.company_id = $1 AND m.conversation_id = due.conversation_id AND m.seq = due.seq
     JOIN conversation c ON c.company_id = $1 AND c.id = m.conversation_id
     JOIN contact k ON k.company_id = $1 AND k.id = c.contact_id`,
    [companyId, due.map(({ conversationId }) => conversationId), due.map(({ seq }) => seq)],
  );
}

function readContacts(companyId: string, due: SearchDueRow[]): Promise<Contact[]> {
  return read(companyId, "SELECT id, name, email FROM contact WHERE company_id = $1 AND id = ANY($2)", [
    companyId,
    [...new Set(due.map(({ contactId }) => contactId))],
  ]);
}

/** Each word of each conversation once, with its newest place: Postgres writes a row only once in a statement. */
function wordsSaid(messages: Message[]) {
  const said = new Map<string, Said>();
  for (const message of messages) {
    const { conversationId: id, seq } = message;
    const at = message.createdAt.getTime();
    for (const word of wordsOf(message.text, mostWords)) keepNewest(said, { id, word, at, seq });
    // The customer is found under their name in each conversation; 0 is no place in its log.
    if (message.byCustomer)
      for (const word of wordsOfContact(message)) keepNewest(said, { id, word, at, seq: 0 });
  }
  return [...said.values()].map(({ at, ...place }) => ({ ...place, at: new Date(at).toISOString() }));
}

function keepNewest(said: Map<string, Said>, found: Said): void {
  const key = `${found.id} ${found.word}`;
  const { at, seq } = said.get(key) ?? found;
  said.set(key, { ...found, at: Math.max(at, found.at), seq: Math.max(seq, found.seq) });
}

function wordsOfContact({ name, email }: Contact): string[] {
  return wordsOf(`${name} ${email ?? ""}`, mostWords);
}
