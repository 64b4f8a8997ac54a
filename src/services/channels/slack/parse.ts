import { createHash } from "node:crypto";
import { z } from "zod";
import type { WebhookRequest } from "#channels/channel";
import type { Action, Incoming, Reaction, UnifiedMessage } from "#contracts/channel";
import { readAs, readBody } from "./body.ts";
import { interactionFrom } from "./interaction.ts";
import { ChangeEvent, type Envelope, editFrom, MessageEvent, messageFrom } from "./message.ts";
import { readable } from "./mrkdwn.ts";
import { messageId, momentOf, threadOf } from "./place.ts";
import type { Settings } from "./settings.ts";

const Event = z.looseObject({ type: z.string(), subtype: z.string().nullish() });

const EventBody = z.looseObject({
  event: Event,
  event_time: z.number().nullish(),
  authorizations: z
    .array(z.looseObject({ user_id: z.string().nullish(), is_bot: z.boolean().nullish() }))
    .nullish(),
});

const ReactionEvent = z.looseObject({
  type: z.string(),
  user: z.string(),
  reaction: z.string(),
  item: z.looseObject({ type: z.string(), channel: z.string().nullish(), ts: z.string().nullish() }),
  event_ts: z.string().nullish(),
});

const RevokedEvent = z.looseObject({
  tokens: z.looseObject({ bot: z.array(z.string()).nullish() }).nullish(),
});

const Command = z.looseObject({
  command: z.string(),
  text: z.string().nullish(),
  user_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().nullish(),
});

/** Reads a verified delivery of any of Slack's three kinds. Throws on what has not Slack's shape. */
export function parse(request: WebhookRequest, config: Settings): Incoming[] {
  const { kind, fields } = readBody(request);
  if (kind === "command") return [commandFrom(readAs(Command, fields), request)];
  if (kind === "interaction") return interactionFrom(fields, request.now);
  // `url_verification` and `app_rate_limited` stand outside the envelope and tell nothing of a conversation.
  if (fields.type !== "event_callback") return [];
  const body = readAs(EventBody, fields);
  const installed = body.authorizations?.find(({ is_bot }) => is_bot === true)?.user_id;
  const at = body.event_time == null ? request.now : new Date(body.event_time * 1000);
  return eventFrom(body.event, { botUserId: config.botUserId ?? installed ?? undefined, at });
}

/** What Slack repeats when it delivers again: the event's id, an interaction's or a command's `trigger_id`. */
export function deliveryId(request: WebhookRequest): string {
  const { event_id, trigger_id } = idsOf(request);
  const id = event_id ?? trigger_id;
  if (id !== undefined && id.length <= 200) return id;
  return createHash("sha256").update(request.rawBody).digest("hex");
}

function idsOf(request: WebhookRequest) {
  const Ids = z.looseObject({ event_id: z.string().optional(), trigger_id: z.string().optional() });
  try {
    return readAs(Ids, readBody(request).fields);
  } catch {
    // A body that nobody can read is still one delivery.
    return {};
  }
}

function eventFrom(event: z.output<typeof Event>, envelope: Envelope): Incoming[] {
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

function reactionFrom(event: z.output<typeof ReactionEvent>, { botUserId, at }: Envelope): Reaction[] {
  const { item, user, reaction } = event;
  if (item.type !== "message" || item.channel == null || item.ts == null || user === botUserId) return [];
  return [
    {
      kind: "reaction",
      externalId: messageId(item.channel, item.ts),
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

function commandFrom(command: z.output<typeof Command>, request: WebhookRequest): UnifiedMessage {
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
