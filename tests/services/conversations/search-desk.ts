import type { z } from "zod";
import { SearchQuery } from "#contracts/search";
import { callSql, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import {
  append,
  createContact,
  createConversation,
  findConversation,
  indexDue,
  search,
} from "#services/conversations";

export type Company = { companyId: string; agentId: string };

/** Somebody who wrote, with a conversation of their own; words from before `now` by so many minutes. */
export async function said(
  company: Company,
  text: string,
  {
    name = "Kim",
    email,
    minutesAgo = 0,
    kind = "customer" as "customer" | "operator",
    audience = "all" as "all" | "operators",
  }: {
    name?: string;
    email?: string;
    minutesAgo?: number;
    kind?: "customer" | "operator";
    audience?: "all" | "operators";
  } = {},
): Promise<{ conversationId: string; contactId: string }> {
  const contactId = await createContact(company.companyId, { name, email });
  const conversationId = await createConversation(company.companyId, { agentId: company.agentId, contactId });
  await saidIn(company, conversationId, text, { minutesAgo, kind, audience });
  return { conversationId, contactId };
}

/** More words in a conversation. */
export async function saidIn(
  { companyId }: Company,
  conversationId: string,
  text: string,
  {
    minutesAgo = 0,
    kind = "customer" as "customer" | "operator",
    audience = "all" as "all" | "operators",
  } = {},
): Promise<void> {
  const conversation = await findConversation({ companyId }, conversationId);
  await append(conversation, {
    now: new Date(Date.now() - minutesAgo * 60_000),
    messages: [{ author: { kind, id: kind, name: "Ann" }, text, audience }],
  });
}

/** Reads everything that waits for its words. */
export async function indexed(): Promise<void> {
  while ((await indexDue()) > 0);
}

/** What a search finds, as a window asks for it. */
export async function found(company: Company, query: z.input<typeof SearchQuery>) {
  return search(company, SearchQuery.parse(query));
}

/** The ids of the conversations that a search finds, in their order. */
export async function foundIds(company: Company, query: z.input<typeof SearchQuery>): Promise<string[]> {
  const page = await found(company, query);
  return page.kind === "contacts"
    ? page.hits.map(({ contact }) => contact.id)
    : page.hits.map(({ row }) => row.id);
}

/**
 * A company with many conversations, written straight into the tables: the nth, newest first, holds the words that
 * `words` gives it. Answers their ids in that order.
 */
export async function manyHolding(
  { companyId, agentId }: Company,
  count: number,
  words: (n: number) => string[],
): Promise<string[]> {
  const contactId = await createContact(companyId, { name: "" });
  const ids = Array.from({ length: count }, () => newId());
  const held = ids.flatMap((id, n) => words(n).map((word) => ({ id, word, n })));
  await withCompany(
    companyId,
    (tx) => tx.$executeRaw`
      INSERT INTO conversation (id, company_id, agent_id, contact_id)
      SELECT id::uuid, ${companyId}::uuid, ${agentId}::uuid, ${contactId}::uuid FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) AS id`,
  );
  // As time does by itself: Postgres plans by how much it believes there is.
  await callSql("ANALYZE conversation");
  await withCompany(
    companyId,
    (tx) => tx.$executeRaw`
      INSERT INTO conversation_word (company_id, conversation_id, word, at, seq)
      SELECT ${companyId}::uuid, id, word, now() - n * interval '1 minute', 1
      FROM jsonb_to_recordset(${JSON.stringify(held)}::jsonb) AS held (id uuid, word text, n integer)`,
  );
  await callSql("ANALYZE conversation_word");
  return ids;
}

/** Every page of a search, one after another. */
export async function allPages(company: Company, query: z.input<typeof SearchQuery>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await found(company, { ...query, cursor });
    if (page.kind === "conversations") ids.push(...page.hits.map(({ row }) => row.id));
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
}
