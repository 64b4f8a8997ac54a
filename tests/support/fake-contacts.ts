import type { z } from "zod";
import type { ContactList } from "#contracts/contacts";
import type { FakeConversation } from "./inbox-data.ts";

type Known = Map<string, FakeConversation>;

/** The customers of all conversations, each once, whose name or address holds these words. */
export function contactsIn(known: Known, query: string): z.infer<typeof ContactList> {
  const people = new Map([...known.values()].map((each) => [each.customer.id, each]));
  const contacts = [...people.values()].map(({ customer: { id, name, email, channels }, row }) => ({
    id,
    name,
    email,
    channels,
    lastSeenAt: row.lastMessageAt,
  }));
  const wanted = query.toLowerCase();
  return {
    contacts: contacts
      .filter(({ name, email }) => `${name} ${email ?? ""}`.toLowerCase().includes(wanted))
      .slice(0, 20),
  };
}

/** Makes all conversations of one contact another's, and answers them; undefined where either is not known. */
export function mergeIn(known: Known, goneId: string, keptId: string): FakeConversation[] | undefined {
  const all = [...known.values()];
  const kept = all.find(({ customer }) => customer.id === keptId);
  const moved = all.filter(({ customer }) => customer.id === goneId);
  if (!kept || moved.length === 0) return undefined;
  const channels = [...new Set([kept, ...moved].flatMap(({ customer }) => customer.channels))];
  kept.customer = { ...kept.customer, channels };
  for (const each of moved) {
    each.customer = kept.customer;
    each.row = { ...each.row, customer: { id: keptId, name: kept.customer.name } };
  }
  return moved;
}
