import type { Payload } from "#support/channel-contract";
import { ada, at, delivered, file, read, received } from "./whatsapp-envelope.ts";

/** What customers write (Meta, "WhatsApp webhooks reference: messages"). */
export const messages: Payload[] = [
  {
    name: "a text, and who wrote it",
    body: received({ type: "text", text: { body: "Where is my order?" } }),
    expects: [
      read({
        content: "Where is my order?",
        senderAliases: [ada.phone],
        senderName: ada.name,
        thread: {
          key: ada.userId,
          kind: "direct",
          address: { to: ada.phone, lastMessageId: "wamid.1" },
        },
      }),
    ],
  },
  {
    name: "a text of before the business-scoped ids by its number",
    body: delivered("messages", {
      contacts: [{ profile: { name: ada.name }, wa_id: ada.phone }],
      messages: [{ from: ada.phone, id: "wamid.1", timestamp: at, type: "text", text: { body: "Hi" } }],
    }),
    expects: [read({ content: "Hi", senderId: ada.phone, senderAliases: [], thread: { key: ada.phone } })],
  },
  {
    name: "a text of who hides the number behind a username",
    body: delivered("messages", {
      contacts: [{ profile: { username: "ada_l" }, user_id: ada.userId, parent_user_id: ada.parentId }],
      messages: [
        { from_user_id: ada.userId, id: "wamid.1", timestamp: at, type: "text", text: { body: "Hi" } },
      ],
    }),
    expects: [
      read({
        content: "Hi",
        senderAliases: [ada.parentId],
        senderName: "ada_l",
        thread: { key: ada.userId, address: { recipient: ada.userId } },
      }),
    ],
  },
  {
    name: "an answer to a message",
    body: received({
      type: "text",
      text: { body: "That one" },
      context: { from: "15550783881", id: "wamid.8" },
    }),
    expects: [read({ content: "That one", replyToId: "wamid.8" })],
  },
  {
    name: "a forwarded video, which answers nothing",
    body: received({
      type: "video",
      video: file({ mime_type: "video/mp4", caption: "Look" }),
      context: { forwarded: true },
    }),
    expects: [
      read({
        content: "Look",
        contentType: "video",
        replyToId: undefined,
        channelMetadata: { forwarded: true },
      }),
    ],
  },
  {
    name: "a text from an advertisement",
    body: received({
      type: "text",
      text: { body: "Is it still on?" },
      referral: { source_type: "ad", source_id: "1200", headline: "Summer tents" },
    }),
    expects: [read({ channelMetadata: { referral: { headline: "Summer tents" } } })],
  },
  {
    name: "a picture with its words",
    body: received({ type: "image", image: file({ mime_type: "image/jpeg", caption: "Broken pole" }) }),
    expects: [
      read({
        content: "Broken pole",
        contentType: "image",
        attachments: [
          {
            type: "image",
            mediaType: "image/jpeg",
            locator: { mediaId: "2754859441498128", sha256: "3q2+7w==" },
          },
        ],
      }),
    ],
  },
  {
    name: "a document with its name",
    body: received({
      type: "document",
      document: file({ filename: "invoice.pdf", mime_type: "application/pdf" }),
    }),
    expects: [
      read({
        content: "",
        contentType: "document",
        attachments: [{ type: "document", name: "invoice.pdf" }],
      }),
    ],
  },
  {
    name: "a voice message",
    body: received({ type: "audio", audio: file({ mime_type: "audio/ogg; codecs=opus", voice: true }) }),
    expects: [read({ contentType: "audio", channelMetadata: { voice: true } })],
  },
  {
    name: "a sticker as a picture",
    body: received({ type: "sticker", sticker: file({ mime_type: "image/webp", animated: true }) }),
    expects: [read({ contentType: "image", channelMetadata: { sticker: true, animated: true } })],
  },
  {
    name: "a place with a name",
    body: received({
      type: "location",
      location: { latitude: 37.44, longitude: -122.16, name: "Philz", address: "101 Forest Ave" },
    }),
    expects: [read({ content: "📍 Philz, 101 Forest Ave (https://maps.google.com/?q=37.44,-122.16)" })],
  },
  {
    name: "a place without a name",
    body: received({ type: "location", location: { latitude: 12.25, longitude: 43.9 } }),
    expects: [read({ content: "📍 Location (https://maps.google.com/?q=12.25,43.9)" })],
  },
  {
    name: "shared contacts",
    body: received({
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Grace Hopper", first_name: "Grace" },
          org: { company: "Navy" },
          phones: [{ phone: "+1 (650) 555-0001", type: "WORK" }],
        },
        { name: { formatted_name: "Alan" } },
      ],
    }),
    expects: [read({ content: "👤 Grace Hopper, Navy, +1 (650) 555-0001\n👤 Alan" })],
  },
  {
    name: "a pressed button of a template",
    body: received({
      type: "button",
      button: { text: "Track it", payload: "track-1" },
      context: { id: "wamid.8" },
    }),
    expects: [read({ content: "Track it", replyToId: "wamid.8", channelMetadata: { buttonId: "track-1" } })],
  },
  {
    name: "a pressed button",
    body: received({
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes, please" } },
    }),
    expects: [read({ content: "Yes, please", channelMetadata: { buttonId: "yes" } })],
  },
  {
    name: "a choice from a list",
    body: received({
      type: "interactive",
      interactive: {
        type: "list_reply",
        list_reply: { id: "express", title: "Express", description: "1 day" },
      },
    }),
    expects: [read({ content: "Express", channelMetadata: { buttonId: "express", description: "1 day" } })],
  },
  {
    name: "a filled form, without its token",
    body: received({
      type: "interactive",
      interactive: {
        type: "nfm_reply",
        nfm_reply: {
          name: "flow",
          body: "Sent",
          response_json: '{"flow_token":"secret","size":"L","count":2}',
        },
      },
    }),
    expects: [read({ content: "📋 Sent\nsize: L\ncount: 2" })],
  },
  {
    name: "an order",
    body: received({
      type: "order",
      order: {
        catalog_id: "194836987003835",
        text: "Love these!",
        product_items: [
          { product_retailer_id: "di9ozbzfi4", quantity: 2, item_price: 7.99, currency: "USD" },
          { product_retailer_id: "nqryix03ez", quantity: 1 },
        ],
      },
    }),
    expects: [read({ content: "🛒 Order\n2 × di9ozbzfi4 (7.99 USD each)\n1 × nqryix03ez\nLove these!" })],
  },
  {
    name: "what WhatsApp does not pass on as a note of it",
    body: received({
      type: "unsupported",
      unsupported: { type: "poll_creation" },
      errors: [{ code: 131051, title: "Message type unknown" }],
    }),
    expects: [
      read({
        content: "⚠️ A message of a kind that WhatsApp does not pass on.",
        channelMetadata: { unsupported: "poll_creation", code: 131051 },
      }),
    ],
  },
  {
    name: "a message in a group",
    body: received({ type: "text", text: { body: "Hello all" }, group_id: "Y2FwaV9ncm91cDo" }),
    expects: [
      read({
        thread: { key: "Y2FwaV9ncm91cDo", kind: "group", address: { group: "Y2FwaV9ncm91cDo" } },
      }),
    ],
  },
];
