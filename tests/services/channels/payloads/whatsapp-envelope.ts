import { account } from "#support/fake-graph";

const { businessAccountId, phoneNumberId } = account;

/** The customer of all these deliveries. */
export const ada = {
  phone: "16505551234",
  userId: "US.13491208655302741918",
  parentId: "US.ENT.11815799212886844830",
  name: "Ada Lovelace",
};

/** When all was written, as WhatsApp says it. */
export const at = "1749416383";
/** The same moment, as we say it. */
export const when = new Date(1_749_416_383_000);

/** What a delivery tells of Ada. */
export const contact = { profile: { name: ada.name }, wa_id: ada.phone, user_id: ada.userId };

type Account = { id?: string; phone?: string };

/** One change, in the envelope of a delivery. */
export function delivered(field: string, value: object, { id, phone }: Account = {}): unknown {
  const metadata = { display_phone_number: "15550783881", phone_number_id: phone ?? phoneNumberId };
  const change = { field, value: { messaging_product: "whatsapp", metadata, ...value } };
  return {
    object: "whatsapp_business_account",
    entry: [{ id: id ?? businessAccountId, changes: [change] }],
  };
}

/** Messages of Ada. */
export function received(...messages: object[]): unknown {
  const from = { from: ada.phone, from_user_id: ada.userId, timestamp: at };
  const all = messages.map((message, index) => ({ ...from, id: `wamid.${index + 1}`, ...message }));
  return delivered("messages", { contacts: [contact], messages: all });
}

/** What Ada wrote, as it must be read. */
export const read = (said: object) => ({
  kind: "message",
  externalId: "wamid.1",
  senderId: ada.userId,
  contentType: "text",
  timestamp: when,
  ...said,
});

/** A file as a message names it. */
export const file = (change: object) => ({ id: "2754859441498128", sha256: "3q2+7w==", ...change });
