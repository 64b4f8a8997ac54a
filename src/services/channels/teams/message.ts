import type { UnifiedMessage } from "#contracts/channel";
import { contentOf } from "./content.ts";
import { filesOf } from "./files.ts";
import type { Activity } from "./payload.ts";
import { externalIdOf, threadOf } from "./thread.ts";

/** What a customer said, by text, files, or a card's button; undefined where nothing was said. */
export function messageOf(activity: Activity, now: Date): UnifiedMessage | undefined {
  const { id, from, conversation } = activity;
  if (id === undefined || from?.id === undefined) return undefined;
  const { files } = filesOf(activity);
  const content = contentOf(activity);
  if (content === "" && files.length === 0) return undefined;
  return {
    kind: "message",
    externalId: externalIdOf(conversation.id, id),
    thread: threadOf(activity),
    senderId: from.id,
    senderAliases: from.aadObjectId === undefined ? undefined : [from.aadObjectId],
    senderName: from.name,
    content,
    contentType: files[0]?.type ?? "text",
    attachments: files.length === 0 ? undefined : files.slice(0, 20),
    timestamp: momentOf(activity, now),
    replyToId: repliedTo(activity),
    channelMetadata: metadataOf(activity),
  };
}

/** The message that an activity answers or is about, by its name in the whole connection. */
export function repliedTo({ replyToId, conversation }: Activity): string | undefined {
  return replyToId === undefined ? undefined : externalIdOf(conversation.id, replyToId);
}

/** When Teams says it happened. */
export function momentOf({ timestamp }: Activity, now: Date): Date {
  const told = new Date(timestamp ?? "");
  return Number.isNaN(told.getTime()) ? now : told;
}

function metadataOf({ conversation, channelData, locale, value }: Activity): Record<string, unknown> {
  const facts = {
    conversationType: conversation.conversationType,
    teamId: channelData?.team?.id,
    locale,
    value: value ?? undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
