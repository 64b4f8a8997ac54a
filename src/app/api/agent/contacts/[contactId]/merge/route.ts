import { ContactPath, MergeBody } from "#contracts/contacts";
import { route } from "#http/route";
import { operator } from "#http/who";
import { mergeContacts } from "#services/conversations";

export const POST = route({ who: operator, params: ContactPath, body: MergeBody }, ({ who, params, body }) =>
  mergeContacts(who, params.contactId, body.into),
);
