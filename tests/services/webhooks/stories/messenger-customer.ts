import type { Customer, Delivery } from "#support/channel-story";
import { account, type FakeGraph, signedByMeta } from "#support/fake-graph";

/** The settings of a Page; without one, of the account's own. */
export function messengerSettings({ pageId }: { pageId: string } = account) {
  const { token: pageAccessToken, appSecret } = account;
  return { pageId, pageAccessToken, appSecret, verifyToken: "a-verify-token" };
}

/** Somebody whom the Page knows by this id. */
export function aMessengerCustomer(fake: FakeGraph, psid: string, { pageId }: { pageId: string } = account) {
  let written = 0;
  const ours = () =>
    fake.calls.filter(({ path, json, form }) => {
      const recipient = (json as Sent | undefined)?.recipient ?? JSON.parse(String(form?.recipient ?? "{}"));
      return path === `/v23.0/${pageId}/messages` && recipient.id === psid;
    });
  const event = (fields: object): Delivery => {
    const timestamp = Date.now();
    const messaging = [{ sender: { id: psid }, recipient: { id: pageId }, timestamp, ...fields }];
    const body = { object: "page", entry: [{ id: pageId, time: timestamp, messaging }] };
    const { headers, rawBody } = signedByMeta(body, account.appSecret);
    return { headers: Object.fromEntries(headers), body: rawBody.toString() };
  };
  const mid = () => {
    written += 1;
    return `m_${psid}-${written}`;
  };
  return {
    event,
    says: (text) => event({ message: { mid: mid(), text } }),
    presses: (title) => event({ message: { mid: mid(), text: title, quick_reply: { payload: title } } }),
    shows(picture) {
      const id = crypto.randomUUID();
      fake.files.set(id, { bytes: picture, mediaType: "image/png" });
      const attachment = { type: "image", payload: { url: `${fake.url}/files/${id}` } };
      return event({ message: { mid: mid(), attachments: [attachment] } });
    },
    // A picture comes without words.
    shownAs: "📎",
    tells(status, part) {
      // The moment at which Messenger took it: all until then is meant.
      const at = fake.calls.find(({ answer }) => (answer as Taken | undefined)?.message_id === part.id)?.at;
      const watermark = at?.getTime();
      if (status === "sent") return undefined;
      return event(
        status === "read" ? { read: { watermark } } : { delivery: { mids: [part.id], watermark } },
      );
    },
    received: () =>
      ours().flatMap(({ json, form, answer }) => {
        const { message_id } = (answer ?? {}) as Taken;
        const { message } = (json ?? {}) as Sent;
        if (message_id === undefined) return [];
        const buttons = (message?.quick_replies ?? []).map(({ title }) => title);
        return [{ id: message_id, text: message?.text ?? "", buttons, file: form !== undefined }];
      }),
    sawTyping: () =>
      ours().filter(({ json }) => (json as Sent | undefined)?.sender_action === "typing_on").length,
    /** Why we wrote, as the platform was told with each part. */
    purposes: () =>
      ours().flatMap(({ json }) => {
        const { messaging_type, tag } = (json ?? {}) as Sent;
        return messaging_type === undefined ? [] : [tag ?? messaging_type];
      }),
  } satisfies Customer & Record<string, unknown>;
}

type Taken = { message_id?: string };
type Sent = {
  recipient: { id: string };
  message?: { text: string; quick_replies?: { title: string }[] };
  sender_action?: string;
  messaging_type?: string;
  tag?: string;
};
