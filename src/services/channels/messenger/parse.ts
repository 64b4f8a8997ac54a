import type { Unreadable, WebhookRequest } from "#channels/channel";
import { jsonOf, readAs, readEach } from "#channels/json";
import type { Incoming, Receipt, Thread } from "#contracts/channel";
import { contentOf } from "./content.ts";
import { keyOfMark } from "./mark.ts";
import { Delivery, Event, type Message } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** Reads what a delivery tells of our Page, and passes over what it tells of others. */
export function parse(request: WebhookRequest, { pageId }: Settings): (Incoming | Unreadable)[] {
  const { entry } = readAs(Delivery, jsonOf(request.rawBody));
  return entry
    .filter(({ id }) => id === pageId)
    .flatMap(({ time, messaging }) =>
      readEach(messaging, (each) => {
        const event = readAs(Event, each);
        // Receipts may come without a moment of their own.
        return told(event, event.timestamp ?? time ?? request.now);
      }),
    );
}

function told(event: Event, at: Date): Incoming[] {
  const { sender, recipient, message } = event;
  if (message?.is_echo) return recipient === undefined ? [] : echoOf(message, recipient.id, at, sender?.id);
  // Who writes through the old chat plugin without an account has no id, and cannot be answered.
  if (sender === undefined) return [];
  if (message !== undefined) return received(message, sender.id, at);
  return [
    ...pressed(event, sender.id, at),
    ...changed(event, sender.id, at),
    ...receiptsOf(event, sender.id, at),
  ];
}

function received(message: Message, senderId: string, timestamp: Date): Incoming[] {
  const content = contentOf(message);
  if (content === undefined) return [];
  const thread = threadOf(senderId);
  const replyToId = message.reply_to?.mid;
  return [{ kind: "message", externalId: message.mid, thread, senderId, ...content, timestamp, replyToId }];
}

/**
 * Reads what another app or a person in the Page's inbox wrote (Meta, "message_echoes"). Our own words come back too: that
 * says that Messenger took them, also where its answer was lost.
 */
function echoOf(message: Message, customer: string, timestamp: Date, senderId = "page"): Incoming[] {
  const { mid: externalId, reply_to, app_id, metadata } = message;
  const thread = threadOf(customer);
  const key = keyOfMark(metadata);
  if (key !== undefined) {
    return [{ kind: "receipt", externalId, key, threadKey: thread.key, status: "sent", at: timestamp }];
  }
  const content = contentOf(message);
  if (content === undefined) return [];
  const channelMetadata = { ...content.channelMetadata, ...(app_id !== undefined && { appId: app_id }) };
  const replyToId = reply_to?.mid;
  return [{ kind: "echo", externalId, thread, senderId, ...content, timestamp, replyToId, channelMetadata }];
}

function pressed({ postback, referral }: Event, senderId: string, timestamp: Date): Incoming[] {
  const thread = threadOf(senderId);
  if (referral !== undefined) {
    return [{ kind: "action", name: "opened", threadKey: thread.key, senderId, at: timestamp }];
  }
  const content = postback?.title || postback?.payload;
  if (postback === undefined || !content) return [];
  // Old postbacks have no id of their own.
  const externalId = postback.mid ?? `postback:${senderId}:${timestamp.getTime()}`;
  const channelMetadata = { buttonId: postback.payload, ...(postback.referral && { ad: postback.referral }) };
  return [
    {
      kind: "message",
      externalId,
      thread,
      senderId,
      content,
      contentType: "text",
      timestamp,
      channelMetadata,
    },
  ];
}

function changed({ reaction, message_edit }: Event, senderId: string, at: Date): Incoming[] {
  const threadKey = senderId;
  if (message_edit !== undefined) {
    return [{ kind: "edit", externalId: message_edit.mid, threadKey, content: message_edit.text, at }];
  }
  if (reaction === undefined) return [];
  const emoji = reaction.action === "react" ? (reaction.emoji ?? reaction.reaction) : undefined;
  return [{ kind: "reaction", externalId: reaction.mid, threadKey, senderId, emoji, at }];
}

/** Reads how far our words came: a watermark holds for all that was sent before it (Meta, "message_deliveries"). */
function receiptsOf({ delivery, read }: Event, threadKey: string, at: Date): Receipt[] {
  const kind = "receipt";
  if (read !== undefined) return [{ kind, threadKey, until: read.watermark, status: "read", at }];
  if (delivery === undefined) return [];
  const { watermark: until, mids } = delivery;
  if (until !== undefined) return [{ kind, threadKey, until, status: "delivered", at }];
  return mids.map((externalId) => ({ kind, externalId, threadKey, status: "delivered", at }));
}

function threadOf(psid: string): Thread {
  return { key: psid, kind: "direct", address: { psid } };
}
