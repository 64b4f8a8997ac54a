import sharp from "sharp";
import type { Outgoing, OutgoingContent, OutgoingFile, OutgoingText, Outside, Sent } from "#channels/channel";
import { noTemplates } from "#channels/failure";
import { megabyte } from "#channels/media";
import type { Thread } from "#contracts/channel";
import { type Written, write } from "./client.ts";
import type { Settings } from "./settings.ts";
import { activityIdOf, externalIdOf } from "./thread.ts";

/** What a picture inside a message may be (learn.microsoft.com, "Send and receive files through a bot", "Inline images"). */
export const picture = { mostBytes: megabyte, longestSide: 1_024 };
const pictureTypes = ["image/png", "image/jpeg", "image/gif"];

/** Sends one part (learn.microsoft.com, Bot Framework "API reference", "Send to Conversation"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { thread, content, key } = outgoing;
  const activity = await activityFor(content);
  const id = await write({ thread, activity, replyTo: repliedTo(outgoing) }, settings, outside);
  // Where Teams makes two messages of one it names neither.
  return { externalId: externalIdOf(thread.key, id ?? key) };
}

/** Shows that somebody writes. */
export async function typing(thread: Thread, settings: Settings, outside: Outside): Promise<void> {
  await write({ thread, activity: { type: "typing" } }, settings, outside);
}

// In a chat of two Teams shows no reply, and refuses one to a message that was deleted.
function repliedTo({ thread, replyToId }: Outgoing): string | undefined {
  if (thread.kind === "direct" || replyToId === undefined) return undefined;
  return activityIdOf(replyToId, thread.key);
}

async function activityFor(content: OutgoingContent): Promise<Written> {
  if (content.type === "text") {
    return content.buttons?.length ? card(content, content.buttons) : markdown(content.text);
  }
  if (content.type === "file") return await file(content);
  throw noTemplates("Teams");
}

function markdown(text: string): Written {
  return { type: "message", textFormat: "markdown", text };
}

/**
 * A text with its buttons as one Adaptive Card: a text beside a card would become two messages. Each button speaks in the
 * customer's name (learn.microsoft.com, "Card actions", "messageBack") and carries its id back in `value`.
 */
function card({ text, plain }: OutgoingText, buttons: NonNullable<OutgoingText["buttons"]>): Written {
  const content = {
    type: "AdaptiveCard",
    version: "1.5",
    body: [{ type: "TextBlock", text, wrap: true }],
    actions: buttons.map(({ id, title }) => ({
      type: "Action.Submit",
      title,
      data: { msteams: { type: "messageBack", text: title, displayText: title, value: { buttonId: id } } },
    })),
  };
  const attachments = [{ contentType: "application/vnd.microsoft.card.adaptive", content }];
  // Stands in the notification, where a card has no words.
  return { type: "message", summary: plain.slice(0, 200), attachments };
}

async function file(content: OutgoingFile): Promise<Written> {
  if (!(await fits(content))) return link(content);
  const { mediaType, bytes, name, caption } = content;
  const contentUrl = `data:${mediaType};base64,${bytes.toString("base64")}`;
  const words = caption ? { textFormat: "markdown", text: caption } : {};
  return { type: "message", ...words, attachments: [{ contentType: mediaType, contentUrl, name }] };
}

async function fits({ kind, mediaType, bytes }: OutgoingFile): Promise<boolean> {
  if (kind !== "image" || !pictureTypes.includes(mediaType) || bytes.length > picture.mostBytes) return false;
  try {
    const { width, height } = await sharp(bytes).metadata();
    return Math.max(width, height) <= picture.longestSide;
  } catch {
    return false;
  }
}

// Sending a file itself would need the customer's consent first, which no answer of an agent can wait for.
function link({ name, url, caption }: OutgoingFile): Written {
  const title = name.replace(/[[\]\\]/g, "\\$&");
  return markdown([caption, `[${title}](${url})`].filter(Boolean).join("\n\n"));
}
