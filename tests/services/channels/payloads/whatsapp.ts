import type { Payload } from "#support/channel-contract";
import { received } from "./whatsapp-envelope.ts";
import { events } from "./whatsapp-events.ts";
import { messages } from "./whatsapp-messages.ts";

/** Deliveries of WhatsApp, and what must be read from them. */
export const payloads: Payload[] = [...messages, ...events];

/** One delivery of several messages. */
export const many: Payload = {
  name: "several messages",
  body: received(
    { type: "text", text: { body: "First" } },
    { type: "text", text: { body: "Second" } },
    { type: "reaction", reaction: { message_id: "wamid.8", emoji: "🎉" } },
  ),
  expects: [
    { content: "First", externalId: "wamid.1" },
    { content: "Second", externalId: "wamid.2" },
    { kind: "reaction", emoji: "🎉" },
  ],
};
