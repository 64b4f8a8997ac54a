import type { Payload } from "#support/channel-contract";
import { account } from "#support/fake-graph";
import { ada, at, contact, delivered, file, read, received, when } from "./whatsapp-envelope.ts";

const { businessAccountId, phoneNumberId } = account;

const status = (change: object) =>
  delivered("messages", {
    statuses: [{ id: "wamid.9", timestamp: at, recipient_id: ada.phone, ...change }],
  });

/** What is no message, and what is for others. */
export const events: Payload[] = [
  {
    name: "a reaction",
    body: received({ type: "reaction", reaction: { message_id: "wamid.8", emoji: "👍" } }),
    expects: [
      { kind: "reaction", externalId: "wamid.8", threadKey: ada.userId, senderId: ada.userId, emoji: "👍" },
    ],
  },
  ...[{ message_id: "wamid.8", emoji: "" }, { message_id: "wamid.8" }].map((reaction) => ({
    name: `a reaction taken back as ${JSON.stringify(reaction)}`,
    body: received({ type: "reaction", reaction }),
    expects: [{ kind: "reaction", externalId: "wamid.8", emoji: undefined }],
  })),
  {
    name: "an edited text",
    body: received({
      type: "edit",
      edit: { original_message_id: "wamid.8", message: { type: "text", text: { body: "I meant two" } } },
    }),
    expects: [{ kind: "edit", externalId: "wamid.8", threadKey: ada.userId, content: "I meant two" }],
  },
  {
    name: "an edited caption",
    body: received({
      type: "edit",
      edit: {
        original_message_id: "wamid.8",
        message: { type: "image", image: file({ mime_type: "image/jpeg", caption: "The left one" }) },
      },
    }),
    expects: [{ kind: "edit", externalId: "wamid.8", content: "The left one" }],
  },
  {
    name: "an edit to a kind that cannot be read as nothing, not as taken back",
    body: received({ type: "edit", edit: { original_message_id: "wamid.8", message: { type: "poll" } } }),
    expects: [],
  },
  {
    name: "a message taken back",
    body: received({ type: "revoke", revoke: { original_message_id: "wamid.8" } }),
    expects: [{ kind: "edit", externalId: "wamid.8", threadKey: ada.userId, at: when }],
  },
  {
    name: "a new number",
    body: delivered("messages", {
      messages: [
        {
          from: ada.phone,
          id: "wamid.1",
          timestamp: at,
          type: "system",
          system: {
            body: "User Ada changed from 16505551234 to 12195555358",
            wa_id: "12195555358",
            type: "user_changed_number",
          },
        },
      ],
    }),
    expects: [{ kind: "action", name: "renumbered", senderId: ada.phone, newSenderId: "12195555358" }],
  },
  {
    name: "a new business-scoped id",
    body: delivered("messages", {
      messages: [
        {
          id: "wamid.1",
          timestamp: at,
          type: "system",
          system: {
            user_id: "MX.0987654321",
            previous_user_id: "CO.1234567890",
            type: "user_changed_user_id",
          },
        },
      ],
    }),
    expects: [
      { kind: "action", name: "renumbered", senderId: "CO.1234567890", newSenderId: "MX.0987654321" },
    ],
  },
  {
    name: "a new safety number as nothing",
    body: received({ type: "system", system: { type: "customer_identity_changed" } }),
    expects: [],
  },
  {
    name: "an opened chat",
    body: received({ type: "request_welcome" }),
    expects: [{ kind: "action", name: "opened", senderId: ada.userId }],
  },
  {
    name: "what the company wrote in its own app",
    body: delivered("smb_message_echoes", {
      contacts: [contact],
      message_echoes: [
        {
          from: "15550783881",
          to: ada.phone,
          to_user_id: ada.userId,
          id: "wamid.7",
          timestamp: at,
          type: "text",
          text: { body: "Nora from the shop here" },
        },
      ],
    }),
    expects: [
      {
        kind: "echo",
        externalId: "wamid.7",
        content: "Nora from the shop here",
        senderId: "15550783881",
        thread: { key: ada.userId, address: { to: ada.phone } },
      },
    ],
  },
  {
    name: "what the company changed in its own app",
    body: delivered("smb_message_echoes", {
      message_echoes: [
        {
          from: "15550783881",
          to: ada.phone,
          id: "wamid.7",
          timestamp: at,
          type: "edit",
          edit: { original_message_id: "wamid.6", message: { type: "text", text: { body: "Tuesday" } } },
        },
      ],
    }),
    expects: [{ kind: "edit", externalId: "wamid.6", threadKey: ada.phone, content: "Tuesday" }],
  },
  ...[
    ["sent", "sent"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "read"],
  ].map(([given, found]) => ({
    name: `the step ${given}`,
    body: status({ status: given, conversation: { id: "c" }, pricing: { billable: true } }),
    expects: [{ kind: "receipt", externalId: "wamid.9", status: found, at: when, failure: undefined }],
  })),
  {
    name: "a failed message with the reason in plain words",
    body: status({ status: "failed", errors: [{ code: 131047, title: "Re-engagement message" }] }),
    expects: [
      {
        kind: "receipt",
        status: "failed",
        failure: { code: "131047", words: "The 24-hour window has closed: send a template." },
      },
    ],
  },
  {
    name: "a failure that is not known in words all the same",
    body: status({ status: "failed", errors: [{ code: 999_999, title: "To 16505551234: Hello" }] }),
    expects: [{ failure: { code: "999999", words: "WhatsApp could not deliver the message." } }],
  },
  {
    name: "our own key of a part, as it was sent with it",
    body: status({ status: "sent", biz_opaque_callback_data: "part-7" }),
    expects: [{ kind: "receipt", externalId: "wamid.9", key: "part-7", status: "sent" }],
  },
  {
    name: "no key where another program's message has an empty one",
    body: status({ status: "sent", biz_opaque_callback_data: "" }),
    expects: [{ kind: "receipt", externalId: "wamid.9", key: undefined, status: "sent" }],
  },
  {
    name: "a step that is not known as nothing",
    body: status({ status: "pondered" }),
    expects: [],
  },
  {
    name: "a template's approval as nothing",
    body: {
      object: "whatsapp_business_account",
      entry: [
        {
          id: businessAccountId,
          time: 1_751_247_548,
          changes: [
            { field: "message_template_status_update", value: { event: "APPROVED", message_template_id: 1 } },
          ],
        },
      ],
    },
    expects: [],
  },
  {
    name: "only what is for this number, where a delivery holds another's too",
    body: {
      object: "whatsapp_business_account",
      entry: [
        {
          id: businessAccountId,
          changes: [
            {
              field: "messages",
              value: {
                metadata: { phone_number_id: "999" },
                messages: [
                  { from: "1777", id: "wamid.x", timestamp: at, type: "text", text: { body: "Not for you" } },
                ],
              },
            },
            {
              field: "messages",
              value: {
                metadata: { phone_number_id: phoneNumberId },
                messages: [
                  { from: "1888", id: "wamid.y", timestamp: at, type: "text", text: { body: "For you" } },
                ],
              },
            },
          ],
        },
      ],
    },
    expects: [read({ externalId: "wamid.y", senderId: "1888", content: "For you" })],
  },
];
