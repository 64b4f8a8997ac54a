import type { Thread } from "#contracts/channel";
import type { Contact, Fact } from "./payload.ts";

/** A customer as WhatsApp names them. */
export type Person = { id: string; phone: string | undefined; aliases: string[]; name: string | undefined };

/**
 * Finds who wrote. The business-scoped id comes first, because a number may be hidden, and may change (Meta,
 * "Business-scoped user IDs"). Throws where nobody is named.
 */
export function senderOf(fact: Fact, contacts: readonly Contact[]): Person {
  return personOf(fact.from, fact.from_user_id, fact.from_parent_user_id, contacts);
}

/** Finds to whom the company wrote. Throws where nobody is named. */
export function recipientOf(fact: Fact, contacts: readonly Contact[]): Person {
  return personOf(fact.to, fact.to_user_id, fact.to_parent_user_id, contacts);
}

/** Finds the conversation of a message; `last` is what the customer wrote last, which a typing mark refers to. */
export function threadOf(
  person: Pick<Person, "id" | "phone">,
  { group_id }: Pick<Fact, "group_id">,
  last?: string,
): Thread {
  const marked: Thread["address"] = last === undefined ? {} : { lastMessageId: last };
  if (group_id !== undefined)
    return { key: group_id, kind: "group", address: { group: group_id, ...marked } };
  // Meta asks to send to the number where it is known: the business-scoped id is for who hides it.
  const to: Thread["address"] = person.phone === undefined ? { recipient: person.id } : { to: person.phone };
  return { key: person.id, kind: "direct", address: { ...to, ...marked } };
}

function personOf(
  from: string | undefined,
  fromUser: string | undefined,
  fromParent: string | undefined,
  contacts: readonly Contact[],
): Person {
  const named = contacts.find(
    ({ user_id, wa_id }) =>
      (fromUser !== undefined && user_id === fromUser) || (from !== undefined && wa_id === from),
  );
  // Only where the message itself names nobody: another's id must never be taken for the sender's.
  const nameless = from === undefined && fromUser === undefined && contacts.length === 1;
  const contact = nameless ? contacts[0] : named;
  const phone = from ?? contact?.wa_id;
  const id = fromUser ?? contact?.user_id ?? phone;
  if (id === undefined) throw new Error("A message of WhatsApp names nobody.");
  const others = [phone, contact?.wa_id, fromParent ?? contact?.parent_user_id];
  const aliases = [...new Set(others.flatMap((other) => other ?? []))].filter((other) => other !== id);
  return { id, phone, aliases, name: contact?.profile?.name || contact?.profile?.username };
}
