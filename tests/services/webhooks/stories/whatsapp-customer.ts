import type { Customer, Delivery } from "#support/channel-story";
import { account, type FakeGraph, signedByMeta } from "#support/fake-graph";

type Number = { phoneNumberId: string; businessAccountId: string };

/** The settings of a number; without one, of the account's own. */
export function whatsappSettings({ phoneNumberId, businessAccountId }: Number = account) {
  const { token: accessToken, appSecret } = account;
  return { phoneNumberId, businessAccountId, accessToken, appSecret, verifyToken: "a-verify-token" };
}

/** A change of this number, as Meta posts it. */
export function change(value: object, { field = "messages", number = account as Number } = {}): Delivery {
  const metadata = { display_phone_number: "15550783881", phone_number_id: number.phoneNumberId };
  const changes = [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }];
  const entry = [{ id: number.businessAccountId, changes }];
  const { headers, rawBody } = signedByMeta(
    { object: "whatsapp_business_account", entry },
    account.appSecret,
  );
  return { headers: Object.fromEntries(headers), body: rawBody.toString() };
}

/** Somebody with this number, who writes to a number of ours; with `userId` a business-scoped id is told as well. */
export function aWhatsAppCustomer(
  fake: FakeGraph,
  phone: string,
  { userId, number = account as Number }: { userId?: string; number?: Number } = {},
) {
  let written = 0;
  const timestamp = () => String(Math.floor(Date.now() / 1_000));
  const contact = { profile: { name: "Ada" }, wa_id: phone, ...(userId && { user_id: userId }) };
  const ours = () => fake.calls.filter(({ path }) => path === `/v23.0/${number.phoneNumberId}/messages`);
  const fact = (fields: object) => {
    written += 1;
    const from = { from: phone, ...(userId && { from_user_id: userId }) };
    return { ...from, id: `wamid.${phone}-${written}`, timestamp: timestamp(), ...fields };
  };
  const message = (fields: object) => change({ contacts: [contact], messages: [fact(fields)] }, { number });
  return {
    fact,
    message,
    says: (body) => message({ type: "text", text: { body } }),
    presses: (title, part) =>
      message({
        type: "interactive",
        context: { from: "15550783881", id: part.id },
        interactive: { type: "button_reply", button_reply: { id: title, title } },
      }),
    shows(picture, caption) {
      const id = crypto.randomUUID();
      fake.files.set(id, { bytes: picture, mediaType: "image/png" });
      return message({ type: "image", image: { id, mime_type: "image/png", caption } });
    },
    tells: (status, { id }) =>
      change({ statuses: [{ id, status, timestamp: timestamp(), recipient_id: phone }] }, { number }),
    received: () =>
      ours().flatMap(({ json, answer }) => {
        const sent = json as Sent;
        const { messages } = (answer ?? {}) as { messages?: [{ id: string }] };
        if (messages === undefined || (sent.to ?? sent.recipient) !== (sent.to ? phone : userId)) return [];
        return [{ id: messages[0].id, ...shownOf(sent) }];
      }),
    sawTyping: () =>
      ours().filter(({ json }) => {
        const { typing_indicator, message_id = "" } = json as Sent;
        return typing_indicator !== undefined && message_id.startsWith(`wamid.${phone}-`);
      }).length,
  } satisfies Customer & Record<string, unknown>;
}

type Sent = {
  to?: string;
  recipient?: string;
  text?: { body: string };
  interactive?: { body: { text: string }; action: { buttons?: { reply: { title: string } }[] } };
  template?: { name: string };
  image?: object;
  message_id?: string;
  typing_indicator?: object;
};

function shownOf({ text, interactive, template, image }: Sent) {
  return {
    text: text?.body ?? interactive?.body.text ?? template?.name ?? "",
    buttons: (interactive?.action.buttons ?? []).map(({ reply }) => reply.title),
    file: image !== undefined,
  };
}
