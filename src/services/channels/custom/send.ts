import { z } from "zod";
import type { Outgoing, OutgoingContent, Outside, Sent } from "#channels/channel";
import { noAddress, noTemplates } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { post } from "./client.ts";
import { Id } from "./payload.ts";
import type { Settings } from "./settings.ts";

// Whatever else a receiver answers with is its own affair.
const Answer = z.looseObject({ id: Id });

/** Sends one part (Standard Webhooks 1.0.0, "Payload structure"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { key, thread, author, replyToId } = outgoing;
  const { conversation, recipient } = thread.address;
  if (conversation === undefined) throw noAddress("The endpoint");
  const data = {
    id: key,
    conversation,
    recipient: { id: recipient },
    author,
    ...said(outgoing.content),
    ...(replyToId !== undefined && { inReplyTo: replyToId }),
  };
  const answer = await post({ id: key, type: "message.sent", data }, settings, outside);
  const { data: named } = Answer.safeParse(jsonIn(answer.body));
  return { externalId: named?.id ?? key };
}

function said(content: OutgoingContent): Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { content: content.text, contentType: "text" };
    case "file": {
      const { url, name, mediaType, kind, bytes, caption } = content;
      const attachment = { url, name, mimeType: mediaType, type: kind, size: bytes.length };
      return { content: caption ?? "", contentType: kind, attachments: [attachment] };
    }
    case "template":
      throw noTemplates("A custom webhook");
  }
}
