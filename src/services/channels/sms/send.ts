import type { Outgoing, Outside, Sent } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { clientOf } from "./client.ts";
import { hasService, type SmsSettings } from "./settings.ts";

/** Hands one part to Twilio, which tells later how far it came (twilio.com/docs/messaging/api/message-resource). */
export async function send(
  { thread, content }: Outgoing,
  config: SmsSettings,
  outside: Outside,
): Promise<Sent> {
  const { to = "", statusCallback } = thread.address;
  const { sid } = await clientOf(config, outside).messages.create({
    to,
    ...(hasService(config) ? { messagingServiceSid: config.from } : { from: config.from }),
    ...bodyOf(content),
    statusCallback,
  });
  if (typeof sid === "string") return { externalId: sid };
  throw new DeliveryFailure("unknown", "answer", "Twilio's answer does not say whether it arrived.");
}

function bodyOf(content: Outgoing["content"]): { body?: string | undefined; mediaUrl?: string[] } {
  if (content.type === "text") return { body: content.plain };
  if (content.type === "file") {
    // Twilio fetches the file itself.
    return { mediaUrl: [content.url], body: content.caption };
  }
  throw new DeliveryFailure("permanent", "template", "SMS knows no templates: write it as a text.");
}
