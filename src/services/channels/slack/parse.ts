import type { WebhookRequest } from "#channels/channel";
import { readAs } from "#channels/json";
import type { Action, Incoming, Reaction, UnifiedMessage } from "#contracts/channel";
import { readBody } from "./body.ts";
import { deliveryId } from "./delivery.ts";
import { interactionFrom } from "./interaction.ts";
import { type Envelope, editFrom, messageFrom } from "./message.ts";
import { readable } from "./mrkdwn.ts";
import {
  ChangeEvent,
  Command,
  type Event,
  EventBody,
  MessageEvent,
  ReactionEvent,
  RevokedEvent,
} from "./payload.ts";
import type { Settings } from "./settings.ts";
import { externalIdOf, momentOf, threadOf } from "./thread.ts";

/** Reads a verified delivery of any of Slack's three kinds. Throws on what has not Slack's shape. */
export function parse(request: WebhookRequest, settings: Settings): Incoming[] {
  const { kind, fields } = readBody(request);
  if (kind === "command") return [commandFrom(readAs(Command, fields), request)];
  if (kind === "interaction") return interactionFrom(fields, request.now);
  // `url_verification` and `app_rate_limited` stand outside the envelope and tell nothing of a conversation.
  if (fields.type !== "event_callback") return [];
  const body = readAs(EventBody, fields);
  const installed = body.authorizations?.find(({ is_bot }) => is_bot === true)?.user_id;
  const at = body.event_time == null ? request.now : new Date(body.event_time * 1000);
  return eventFrom(body.event, { botUserId: settings.botUserId ?? installed ?? undefined, at });
}

function eventFrom(event: Event, envelope: Envelope): Incoming[] {
  switch (event.type) {
    case "app_mention":
      return messageFrom(readAs(MessageEvent, event), envelope);
    case "message":
      return event.subtype === "message_changed" || event.subtype === "message_deleted"
        ? editFrom(readAs(ChangeEvent, event), envelope)
        : messageFrom(readAs(MessageEvent, event), envelope);
    case "reaction_added":
    case "reaction_removed":
      return reactionFrom(readAs(ReactionEvent, event), envelope);
    case "tokens_revoked":
      // A person's own token is none that we use.
      return readAs(RevokedEvent, event).tokens?.bot?.length === 0 ? [] : [revoked(envelope)];
    case "app_uninstalled":
      return [revoked(envelope)];
    default:
      return [];
  }
}

function reactionFrom(event: ReactionEvent, { botUserId, at }: Envelope): Reaction[] {
  const { item, user, reaction } = event;
  if (item.type !== "message" || item.channel == null || item.ts == null || user === botUserId) return [];
  return [
    {
      kind: "reaction",
      externalId: externalIdOf(item.channel, item.ts),
      // Slack does not say in which thread the message stands: of a reply it is known by `externalId` alone.
      threadKey: threadOf({ channel: item.channel, ts: item.ts }).key,
      senderId: user,
      emoji: event.type === "reaction_added" ? `:${reaction.slice(0, 62)}:` : undefined,
      at: momentOf(event.event_ts, at),
    },
  ];
}

function revoked({ at }: Envelope): Action {
  return { kind: "action", name: "credentials_revoked", at };
}

function commandFrom(command: Command, request: WebhookRequest): UnifiedMessage {
  return {
    kind: "message",
    externalId: deliveryId(request),
    // Only the writer sees a slash command, and the app may be no member where it was typed: the answer goes to its
    // direct talk with the writer, which Slack finds by the user's id.
    thread: { key: command.user_id, kind: "direct", address: { channel: command.user_id } },
    senderId: command.user_id,
    content: readable(command.text ?? "").trim() || command.command,
    contentType: "text",
    timestamp: request.now,
    channelMetadata: {
      command: command.command,
      channel: command.channel_id,
      channelName: command.channel_name ?? undefined,
    },
  };
}
