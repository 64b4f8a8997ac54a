import type { Payload } from "#support/channel-contract";

const timestamp = "2026-11-20T10:15:30.000Z";
const at = new Date(timestamp);
const ada = { id: "user-7", name: "Ada Lovelace" };

/** A delivery that holds one message; what is given takes the place of its parts. */
export function message(parts: Record<string, unknown> = {}): Record<string, unknown> {
  const data = { id: "m-1", sender: ada, content: "Where is my parcel?", ...parts };
  return { type: "message.created", timestamp, data };
}

function told(type: string, data: unknown): Record<string, unknown> {
  return { type, timestamp, data };
}

const photo = {
  url: "https://files.example.com/p.jpg",
  type: "image",
  name: "p.jpg",
  mimeType: "image/jpeg",
  size: 5,
};

export const payloads: Payload[] = [
  {
    name: "a text",
    body: message(),
    expects: [
      {
        kind: "message",
        externalId: "m-1",
        thread: { key: "user-7", kind: "direct", address: { conversation: "user-7", recipient: "user-7" } },
        senderId: "user-7",
        senderName: "Ada Lovelace",
        content: "Where is my parcel?",
        contentType: "text",
        timestamp: at,
      },
    ],
  },
  {
    name: "a conversation of their own, apart from its sender",
    body: message({ thread: "ticket-42" }),
    expects: [{ thread: { key: "ticket-42", address: { conversation: "ticket-42", recipient: "user-7" } } }],
  },
  {
    name: "ids that are numbers",
    body: message({ id: 9007, sender: { id: 7 }, thread: 42, replyToId: 9001 }),
    expects: [{ externalId: "9007", senderId: "7", thread: { key: "42" }, replyToId: "9001" }],
  },
  {
    name: "a sender without a name",
    body: message({ sender: { id: "user-8", name: null } }),
    expects: [{ senderId: "user-8", senderName: undefined }],
  },
  {
    name: "an answer to a message",
    body: message({ replyToId: "m-0" }),
    expects: [{ replyToId: "m-0" }],
  },
  {
    name: "a picture without words",
    body: message({ content: undefined, attachments: [photo] }),
    expects: [
      {
        content: "",
        contentType: "image",
        attachments: [
          { type: "image", name: "p.jpg", mediaType: "image/jpeg", size: 5, locator: { url: photo.url } },
        ],
      },
    ],
  },
  {
    name: "several files with a caption, known by their media types",
    body: message({
      attachments: [
        { url: "https://files.example.com/1", mimeType: "audio/ogg" },
        { url: "https://files.example.com/2", mimeType: "video/mp4" },
        { url: "https://files.example.com/3", mimeType: "application/pdf" },
        { url: "https://files.example.com/4" },
      ],
    }),
    expects: [
      {
        content: "Where is my parcel?",
        contentType: "audio",
        attachments: [{ type: "audio" }, { type: "video" }, { type: "document" }, { type: "document" }],
      },
    ],
  },
  {
    name: "a kind of content and of file that it does not know",
    body: message({ contentType: "hologram", attachments: [{ ...photo, type: "hologram" }] }),
    expects: [{ contentType: "image", attachments: [{ type: "image" }] }],
  },
  {
    name: "whatever they put into metadata",
    body: message({ metadata: { order: 17, tags: ["vip"] } }),
    expects: [{ channelMetadata: { order: 17, tags: ["vip"] } }],
  },
  {
    name: "fields that it does not know",
    body: { ...message({ mood: "calm", sender: { ...ada, plan: "pro" } }), version: 3 },
    expects: [{ kind: "message", content: "Where is my parcel?" }],
  },
  {
    name: "a changed message",
    body: told("message.updated", { id: "m-1", thread: "ticket-42", content: "Where are my parcels?" }),
    expects: [
      { kind: "edit", externalId: "m-1", threadKey: "ticket-42", content: "Where are my parcels?", at },
    ],
  },
  {
    name: "a changed message by its sender",
    body: told("message.updated", { id: "m-1", sender: ada, content: "Hello" }),
    expects: [{ kind: "edit", threadKey: "user-7", content: "Hello" }],
  },
  {
    name: "a message taken back",
    body: told("message.deleted", { id: "m-1", sender: ada, content: "what it said" }),
    expects: [{ kind: "edit", externalId: "m-1", threadKey: "user-7", content: undefined, at }],
  },
  {
    name: "a delivered receipt",
    body: told("receipt.updated", { id: "out-1", status: "delivered" }),
    expects: [{ kind: "receipt", externalId: "out-1", status: "delivered", at }],
  },
  {
    name: "a read receipt",
    body: told("receipt.updated", { id: "out-1", status: "read", thread: "ticket-42" }),
    expects: [{ kind: "receipt", status: "read", threadKey: "ticket-42" }],
  },
  {
    name: "a failed receipt with its reason",
    body: told("receipt.updated", { id: "out-1", status: "failed", reason: "The app was removed." }),
    expects: [{ kind: "receipt", status: "failed", failure: { words: "The app was removed." } }],
  },
  {
    name: "a failed receipt without a reason",
    body: told("receipt.updated", { id: "out-1", status: "failed" }),
    expects: [{ status: "failed", failure: { words: "The receiver reported a failure." } }],
  },
  {
    name: "a receipt of a status that it does not know",
    body: told("receipt.updated", { id: "out-1", status: "pondered" }),
    expects: [],
  },
  { name: "a ping", body: told("ping", {}), expects: [] },
  { name: "a type named like a part of every object", body: told("constructor", {}), expects: [] },
];
