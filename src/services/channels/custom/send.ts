import { z } from "zod";
import type { Outgoing, OutgoingContent, Outside, Sent } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { post } from "./post.ts";
import type { CustomSettings } from "./settings.ts";

/** Sends one part to the endpoint. Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: CustomSettings, outside: Outside): Promise<Sent> {
  const { key, thread, author, replyToId } = outgoing;
  const data = {
    id: key,
    conversation: thread.address.conversation,
    recipient: { id: thread.address.recipient },
    author,
    ...said(outgoing.content),
    ...(replyToId !== undefined && { inReplyTo: replyToId }),
  };
  const answer = await post({ id: key, type: "message.sent", data }, settings, outside);
  return { externalId: idIn(answer.body) ?? key };
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
      throw new DeliveryFailure("permanent", "template", "A custom webhook knows no templates: send a text.");
  }
}

const Answer = z.looseObject({ id: z.union([z.string().min(1).max(512), z.number()]).transform(String) });

// Whatever else a receiver answers with is its own affair.
function idIn(body: Buffer): string | undefined {
  try {
    return Answer.safeParse(JSON.parse(body.toString("utf8"))).data?.id;
  } catch {
    return undefined;
  }
}
