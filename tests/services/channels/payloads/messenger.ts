import type { Payload } from "#support/channel-contract";
import { account } from "#support/fake-graph";

const { pageId } = account;

/** The customer of all these deliveries, as this Page knows her. */
export const psid = "7245961922086183";

const at = 1_458_692_752_478;
const when = new Date(at);

/** One event between the customer and the Page, in the envelope of a delivery. */
export function delivered(event: object, entryId = pageId): unknown {
  const messaging = [{ sender: { id: psid }, recipient: { id: pageId }, timestamp: at, ...event }];
  return { object: "page", entry: [{ id: entryId, time: at, messaging }] };
}

/** A message of the customer. */
export function received(message: object): unknown {
  return delivered({ message: { mid: "m_1", ...message } });
}

/** A message of the Page, as Meta shows it back. */
export function echoed(message: object): unknown {
  return delivered({
    sender: { id: pageId },
    recipient: { id: psid },
    message: { mid: "m_2", is_echo: true, ...message },
  });
}

const read = (said: object) => ({
  kind: "message",
  externalId: "m_1",
  senderId: psid,
  thread: { key: psid, kind: "direct", address: { psid } },
  contentType: "text",
  timestamp: when,
  ...said,
});

const url = "https://scontent.xx.fbcdn.net/v/t1/tent.jpg?oh=1";
const attached = (type: string, payload: object | null, more: object = {}) =>
  received({ attachments: [{ type, payload, ...more }] });

/** Deliveries of Messenger, and what must be read from them. */
export const payloads: Payload[] = [
  {
    name: "a text, and who wrote it",
    body: received({ text: "Where is my order?" }),
    expects: [read({ content: "Where is my order?" })],
  },
  {
    name: "an answer to a message",
    body: received({ text: "That one", reply_to: { mid: "m_0" } }),
    expects: [read({ content: "That one", replyToId: "m_0" })],
  },
  {
    name: "a pressed quick reply",
    body: received({ text: "Red", quick_reply: { payload: "color-red" } }),
    expects: [read({ content: "Red", channelMetadata: { buttonId: "color-red" } })],
  },
  {
    name: "a text from a shop's product",
    body: received({ text: "Is it waterproof?", referral: { product: { id: "12" } } }),
    expects: [read({ channelMetadata: { referral: { product: { id: "12" } } } })],
  },
  ...[
    ["image", "image"],
    ["audio", "audio"],
    ["video", "video"],
    ["file", "document"],
  ].map(([given = "", found]) => ({
    name: `an attached ${given}`,
    body: attached(given, { url }),
    expects: [read({ content: "", contentType: found, attachments: [{ type: found, locator: { url } }] })],
  })),
  {
    name: "several pictures with words",
    body: received({
      text: "Both broke",
      attachments: [
        { type: "image", payload: { url: `${url}&n=1` } },
        { type: "image", payload: { url: `${url}&n=2` } },
      ],
    }),
    expects: [
      read({
        content: "Both broke",
        contentType: "image",
        attachments: [{ locator: { url: `${url}&n=1` } }, { locator: { url: `${url}&n=2` } }],
      }),
    ],
  },
  {
    name: "a sticker as a picture",
    body: attached("sticker", { url, sticker_id: 369239263222822 }),
    expects: [
      read({
        content: "",
        contentType: "image",
        attachments: [{ locator: { url } }],
        channelMetadata: { sticker: true },
      }),
    ],
  },
  {
    name: "a sticker of the old kind, which comes twice, once",
    body: received({
      attachments: [
        { type: "image", payload: { url, sticker_id: 369239263222822 } },
        { type: "sticker", payload: { url, sticker_id: 369239263222822 } },
      ],
    }),
    expects: [read({ contentType: "image", attachments: [{ locator: { url } }] })],
  },
  {
    name: "a shared link",
    body: attached("fallback", { url: "https://shop.example/tent", title: "Two-person tent" }),
    expects: [read({ content: "📎 Two-person tent https://shop.example/tent", attachments: undefined })],
  },
  {
    name: "a shared thing without any detail",
    body: attached("fallback", null),
    expects: [read({ content: "📎 fallback" })],
  },
  {
    name: "a shared post",
    body: attached("ig_post", { url: "https://lookaside.fbsbx.com/ig_messaging_cdn/?id=1" }),
    expects: [read({ content: "📎 https://lookaside.fbsbx.com/ig_messaging_cdn/?id=1" })],
  },
  {
    name: "a place",
    body: attached("location", { coordinates: { lat: 52.52, long: 13.4 } }, { title: "Ada's location" }),
    expects: [read({ content: "📍 Ada's location (https://maps.google.com/?q=52.52,13.4)" })],
  },
  {
    name: "a message that says nothing as nothing",
    body: received({}),
    expects: [],
  },
  {
    name: "a pressed button",
    body: delivered({ postback: { mid: "m_1", title: "Talk to a person", payload: "HUMAN" } }),
    expects: [read({ content: "Talk to a person", channelMetadata: { buttonId: "HUMAN" } })],
  },
  {
    name: "a pressed button of before buttons had ids",
    body: delivered({ postback: { title: "Get started", payload: "START" } }),
    expects: [read({ externalId: `postback:${psid}:${at}`, content: "Get started" })],
  },
  {
    name: "a reaction",
    body: delivered({ reaction: { mid: "m_0", action: "react", emoji: "❤️", reaction: "love" } }),
    expects: [{ kind: "reaction", externalId: "m_0", threadKey: psid, senderId: psid, emoji: "❤️" }],
  },
  {
    name: "a reaction taken back",
    body: delivered({ reaction: { mid: "m_0", action: "unreact" } }),
    expects: [{ kind: "reaction", externalId: "m_0", emoji: undefined }],
  },
  {
    name: "an edited message",
    body: delivered({ message_edit: { mid: "m_0", text: "I meant two", num_edit: 1 } }),
    expects: [{ kind: "edit", externalId: "m_0", threadKey: psid, content: "I meant two", at: when }],
  },
  {
    name: "deliveries up to a moment",
    body: delivered({ delivery: { mids: ["m_8"], watermark: 1_458_668_856_253 } }),
    expects: [{ kind: "receipt", threadKey: psid, until: new Date(1_458_668_856_253), status: "delivered" }],
  },
  {
    name: "deliveries by their ids alone",
    body: delivered({ delivery: { mids: ["m_8", "m_9"] } }),
    expects: [
      { kind: "receipt", externalId: "m_8", status: "delivered" },
      { kind: "receipt", externalId: "m_9", status: "delivered" },
    ],
  },
  {
    name: "readings up to a moment",
    body: delivered({ read: { watermark: 1_458_668_856_253 } }),
    expects: [{ kind: "receipt", threadKey: psid, until: new Date(1_458_668_856_253), status: "read" }],
  },
  {
    name: "a visit through a link",
    body: delivered({ referral: { ref: "poster", source: "SHORTLINK", type: "OPEN_THREAD" } }),
    expects: [{ kind: "action", name: "opened", threadKey: psid, senderId: psid }],
  },
  {
    name: "what a person wrote in the Page's inbox",
    body: echoed({ text: "Nora from the shop here", app_id: 263902037430900 }),
    expects: [
      {
        kind: "echo",
        externalId: "m_2",
        content: "Nora from the shop here",
        senderId: pageId,
        thread: { key: psid, address: { psid } },
        channelMetadata: { appId: "263902037430900" },
      },
    ],
  },
  {
    name: "what another app of the company wrote",
    body: echoed({ text: "Your parcel left", app_id: 15174, metadata: "shipping-42" }),
    expects: [{ kind: "echo", content: "Your parcel left" }],
  },
  {
    name: "our own words as the news that Messenger took them",
    body: echoed({ text: "Hello, I am the agent", app_id: 670843887433847, metadata: "baton:0199aaaa" }),
    expects: [{ kind: "receipt", externalId: "m_2", key: "0199aaaa", threadKey: psid, status: "sent" }],
  },
  {
    name: "a thread that another app holds as nothing",
    body: {
      object: "page",
      entry: [
        {
          id: pageId,
          time: at,
          standby: [
            {
              sender: { id: psid },
              recipient: { id: pageId },
              timestamp: at,
              message: { mid: "m_1", text: "For the other app" },
            },
          ],
        },
      ],
    },
    expects: [],
  },
  ...[
    { pass_thread_control: { new_owner_app_id: "263902037430900" } },
    { take_thread_control: { previous_owner_app_id: "670843887433847" } },
    { app_roles: { "670843887433847": ["primary_receiver"] } },
    { optin: { ref: "poster" } },
  ].map((event) => ({
    name: `${Object.keys(event).join()} as nothing`,
    body: delivered(event),
    expects: [],
  })),
  {
    name: "only what is for this Page, where a delivery holds another's too",
    body: {
      object: "page",
      entry: ["999", pageId].map((id) => ({
        id,
        time: at,
        messaging: [
          {
            sender: { id: psid },
            recipient: { id },
            timestamp: at,
            message: { mid: `m_${id}`, text: `To ${id}` },
          },
        ],
      })),
    },
    expects: [read({ externalId: `m_${pageId}`, content: `To ${pageId}` })],
  },
];

/** One delivery of several messages. */
export const many: Payload = {
  name: "several messages",
  body: {
    object: "page",
    entry: [
      {
        id: pageId,
        time: at,
        messaging: ["First", "Second"].map((text, index) => ({
          sender: { id: psid },
          recipient: { id: pageId },
          timestamp: at + index,
          message: { mid: `m_${index}`, text },
        })),
      },
    ],
  },
  expects: [
    { content: "First", externalId: "m_0" },
    { content: "Second", externalId: "m_1" },
  ],
};
