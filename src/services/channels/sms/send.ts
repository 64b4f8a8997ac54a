import type { Outgoing, Outside, Sent } from "#channels/channel";
import { noAddress, noTemplates, unreadableAnswer } from "#channels/failure";
import { clientOf } from "./client.ts";
import { hasService, type Settings } from "./settings.ts";

/** Sends one part (twilio.com/docs/messaging/api/message-resource). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { thread, content } = outgoing;
  const { to, statusCallback } = thread.address;
  if (to === undefined) throw noAddress("Twilio");
  const { sid } = await clientOf(settings, outside).messages.create({
    to,
    ...(hasService(settings) ? { messagingServiceSid: settings.from } : { from: settings.from }),
    ...bodyOf(content),
    statusCallback,
  });
  if (typeof sid === "string") return { externalId: sid };
  throw unreadableAnswer("Twilio");
}

function bodyOf(content: Outgoing["content"]): { body?: string | undefined; mediaUrl?: string[] } {
  if (content.type === "text") return { body: content.plain };
  if (content.type === "file") {
    // Twilio fetches the file itself.
    return { mediaUrl: [content.url], body: content.caption };
  }
  throw noTemplates("SMS");
}
