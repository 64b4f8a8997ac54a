import type { Edit, UnifiedMessage } from "#contracts/channel";
import { contentOf, remoteFile, wordsForAbsent } from "./content.ts";
import { mentions } from "./mrkdwn.ts";
import type { ChangeEvent, MessageEvent, Written } from "./payload.ts";
import { aliasesOf, externalIdOf, isDirect, momentOf, threadOf } from "./thread.ts";

/** What an event's envelope tells beside the event. */
export type Envelope = { botUserId: string | undefined; at: Date };

// A subtype of none of these is the workspace's own notice: someone joined, a topic was set.
const spoken = new Set([undefined, "file_share", "thread_broadcast", "me_message"]);

/** A message of a customer; nothing where it is a bot's, a notice, or talk in a channel that is not meant for us. */
export function messageFrom(event: MessageEvent, envelope: Envelope): UnifiedMessage[] {
  const { botUserId, at } = envelope;
  const senderId = customerOf(event, botUserId);
  if (senderId === undefined || !spoken.has(event.subtype ?? undefined)) return [];
  const toUs =
    isDirect(event) ||
    event.channel_type === "mpim" ||
    event.type === "app_mention" ||
    mentions(event.text ?? "", botUserId);
  const isReply = event.thread_ts != null && event.thread_ts !== event.ts;
  if (!toUs && !isReply) return [];
  const files = (event.files ?? []).filter((file) => wordsForAbsent(file) === undefined);
  const attachments = files.slice(0, 20).map(remoteFile);
  const content = contentOf(event, botUserId);
  if (content === "" && attachments.length === 0) return [];
  return [
    {
      kind: "message",
      externalId: externalIdOf(event.channel, event.ts),
      thread: threadOf(event),
      senderId,
      senderAliases: aliasesOf(event),
      content,
      contentType: attachments[0]?.type ?? "text",
      attachments: attachments.length === 0 ? undefined : attachments,
      timestamp: momentOf(event.ts, at),
      channelMetadata: {
        channel: event.channel,
        ...(event.channel_type && { channelType: event.channel_type }),
        // We keep no state here: whether the thread is one of ours is for the caller to know.
        ...(!toUs && { onlyKnownThread: true }),
      },
    },
  ];
}

/** An edit or a deletion by a customer; nothing where only a link's preview or a count of replies was added. */
export function editFrom(event: ChangeEvent, { botUserId, at }: Envelope): Edit[] {
  const { channel, message, previous_message: previous } = event;
  // A deleted message that has replies stays as a "tombstone" of Slackbot's.
  const isTombstone = message?.subtype === "tombstone";
  const author = message == null || isTombstone ? previous : message;
  const ts = message?.ts ?? event.deleted_ts ?? previous?.ts;
  if (author == null || ts == null || customerOf(author, botUserId) === undefined) return [];
  const isGone = message == null || isTombstone;
  if (!isGone && message.text === previous?.text) return [];
  return [
    {
      kind: "edit",
      externalId: externalIdOf(channel, ts),
      threadKey: threadOf({ ...event, ts, thread_ts: author.thread_ts }).key,
      content: isGone ? undefined : contentOf(message, botUserId),
      at: momentOf(event.event_ts, at),
    },
  ];
}

// A bot's message of today has no subtype: `bot_id` alone tells it from a person's.
function customerOf(written: Pick<Written, "user" | "bot_id">, botUserId: string | undefined) {
  if (written.bot_id || written.user === botUserId || written.user === "USLACKBOT") return undefined;
  return written.user || undefined;
}
