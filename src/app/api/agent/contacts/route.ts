import { ContactList, ContactQuery } from "#contracts/contacts";
import { route } from "#http/route";
import { operator } from "#http/who";
import { findContacts } from "#services/conversations";

export const GET = route({ who: operator, query: ContactQuery, answer: ContactList }, ({ who, query }) =>
  findContacts(who, query),
);
