import type { Unreadable, WebhookRequest } from "#channels/channel";
import { jsonOf, readAs, readEach } from "#channels/json";
import { unshownWords } from "#channels/words";
import type { Action, Edit, Incoming, Reaction, Thread, UnifiedMessage } from "#contracts/channel";
import { type Content, contentOf } from "./content.ts";
import { type Contact, Delivery, Fact, Status, Value } from "./payload.ts";
import { recipientOf, senderOf, threadOf } from "./person.ts";
import { receiptOf } from "./receipt.ts";
import type { Settings } from "./settings.ts";

/** Reads what a delivery tells of our number, and passes over what it tells of others. */
export function parse(request: WebhookRequest, settings: Settings): Told[] {
  const { entry } = readAs(Delivery, jsonOf(request.rawBody));
  const changes = entry
    .filter(({ id }) => id === settings.businessAccountId)
    .flatMap((account) => account.changes);
  return readEach(changes, ({ field, value }): Told[] => {
    const read = fields[field];
    if (read === undefined) return [];
    const told = readAs(Value, value);
    return told.metadata.phone_number_id === settings.phoneNumberId ? read(told) : [];
  });
}

type Told = Incoming | Unreadable;

// `message_echoes` is left out: it tells what was sent through the API, which is what we sent ourselves.
const fields: Record<string, (value: Value) => Told[]> = {
  messages: ({ messages, statuses, contacts }) => [
    ...readEach(messages, (fact) => received(readAs(Fact, fact), contacts)),
    ...readEach(statuses, (status) => receiptOf(readAs(Status, status))),
  ],
  smb_message_echoes: ({ message_echoes, contacts }) =>
    readEach(message_echoes, (fact) => writtenElsewhere(readAs(Fact, fact), contacts)),
};

function received(fact: Fact, contacts: Contact[]): Incoming[] {
  if (fact.type === "system") return renumberings(fact);
  const content = contentOf(fact);
  const { id: senderId, aliases: senderAliases, name: senderName, ...person } = senderOf(fact, contacts);
  const thread = threadOf({ id: senderId, ...person }, fact, fact.id);
  if (content !== undefined) {
    return [{ kind: "message", ...said(fact, content), thread, senderId, senderAliases, senderName }];
  }
  if (fact.type === "request_welcome") {
    return [{ kind: "action", name: "opened", threadKey: thread.key, senderId, at: fact.timestamp }];
  }
  if (silent.has(fact.type)) return [...reactionsOf(fact, thread, senderId), ...editsOf(fact, thread)];
  const unshown: Content = { content: unshownWords, contentType: "text", details: { unknown: fact.type } };
  return [{ kind: "message", ...said(fact, unshown), thread, senderId, senderAliases, senderName }];
}

// These say something of another message, and nothing by themselves.
const silent = new Set(["reaction", "edit", "revoke"]);

/** Reads what the company wrote in the WhatsApp Business app (Meta, "smb_message_echoes webhook reference"). */
function writtenElsewhere(fact: Fact, contacts: Contact[]): Incoming[] {
  const content = contentOf(fact);
  const thread = threadOf(recipientOf(fact, contacts), fact);
  if (content === undefined) return editsOf(fact, thread);
  return [{ kind: "echo", ...said(fact, content), thread, senderId: fact.from ?? "business" }];
}

function said(
  { id, timestamp, context, referral }: Fact,
  { details, ...content }: Content,
): Omit<UnifiedMessage, "kind" | "thread" | "senderId"> {
  const metadata = {
    ...details,
    ...((context?.forwarded || context?.frequently_forwarded) && { forwarded: true }),
    ...(context?.referred_product && { product: context.referred_product }),
    ...(referral && { referral }),
  };
  const channelMetadata = Object.keys(metadata).length > 0 ? metadata : undefined;
  // A forwarded message has a context too, but one without an id: it answers nothing.
  return { externalId: id, ...content, timestamp, replyToId: context?.id, channelMetadata };
}

function reactionsOf({ reaction, timestamp: at }: Fact, { key }: Thread, senderId: string): Reaction[] {
  if (reaction === undefined) return [];
  // Empty, or absent, when the reaction was taken back.
  const emoji = reaction.emoji || undefined;
  return [{ kind: "reaction", externalId: reaction.message_id, threadKey: key, senderId, emoji, at }];
}

function editsOf({ edit, revoke, timestamp: at }: Fact, { key: threadKey }: Thread): Edit[] {
  if (revoke !== undefined) {
    return [{ kind: "edit", externalId: revoke.original_message_id, threadKey, at }];
  }
  const content = edit && contentOf(edit.message)?.content;
  // Of a kind that cannot be read nothing is told: without words it would be a message taken back.
  if (edit === undefined || content === undefined) return [];
  return [{ kind: "edit", externalId: edit.original_message_id, threadKey, content, at }];
}

/** Reads a change of number, which brings a new business-scoped id (Meta, "system messages webhook reference"). */
function renumberings({ from, from_user_id, system, timestamp: at }: Fact): Action[] {
  const changes = [
    [from, system?.wa_id],
    [system?.previous_user_id ?? from_user_id, system?.user_id],
  ];
  return changes.flatMap(([senderId, newSenderId]) => {
    if (senderId === undefined || newSenderId === undefined || senderId === newSenderId) return [];
    return [{ kind: "action", name: "renumbered", senderId, newSenderId, at }];
  });
}
