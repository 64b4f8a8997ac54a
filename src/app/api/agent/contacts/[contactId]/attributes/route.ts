import { ContactAttributes, ContactAttributesBody, ContactPath } from "#contracts/contacts";
import { route } from "#http/route";
import { operator } from "#http/who";
import { contactAttributes, setContactAttributes } from "#services/conversations";

export const GET = route(
  { who: operator, params: ContactPath, answer: ContactAttributes },
  ({ who, params }) => contactAttributes(who, params.contactId),
);

export const PATCH = route(
  { who: operator, params: ContactPath, body: ContactAttributesBody, answer: ContactAttributes },
  ({ who, params, body }) => setContactAttributes(who, params.contactId, body),
);
