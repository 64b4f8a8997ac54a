import type { Action, Echo, Edit, Incoming, Reaction, UnifiedMessage } from "#contracts/channel";
import { hashToken } from "#lib/crypto";
import { log } from "#lib/log";
import { outsideOf } from "#services/channels";
import { noteError, type OpenConnection } from "#services/connections";
import { append, findConversation, publishFleeting } from "#services/conversations";
import { operatorWroteElsewhere } from "#services/handover";
import { externalMessage, NotYet } from "./external.ts";
import { fetchFiles } from "./fetch-files.ts";
import { greeted } from "./greet.ts";
import { tookKeyword } from "./keywords.ts";
import { storeWords } from "./message-handler.ts";
import { ratedByPress } from "./rating-press.ts";
import { settleReceipt } from "./receipts.ts";
import { contactOf, enterSpeaker, knowAlso, strangeIds } from "./senders.ts";
import { mayReopen } from "./session.ts";
import {
  blockThread,
  enterThread,
  findThread,
  keepAddress,
  noteWritten,
  renewConversation,
  type ThreadRecord,
} from "./threads.ts";

/**
 * Takes in one thing that a platform told, on the same path as the web chat. The same thing twice changes nothing.
 * Throws `NotYet` for what happened to a message that has not come, or has not left.
 */
export async function receive(
  connection: OpenConnection,
  incoming: Incoming,
  now = new Date(),
): Promise<void> {
  switch (incoming.kind) {
    case "message":
      return receiveMessage(connection, incoming, now);
    case "echo":
      return receiveEcho(connection, incoming, now);
    case "receipt":
      return settleReceipt(connection, incoming, now);
    case "reaction":
    case "edit":
      return receiveRemark(connection, incoming, now);
    case "action":
      return receiveAction(connection, incoming, now);
  }
}

async function receiveMessage(connection: OpenConnection, message: UnifiedMessage, now: Date): Promise<void> {
  const { thread: place, senderId, senderAliases = [], channelMetadata } = message;
  // A reply in a thread that is none of ours is other people's talk.
  const mustBeKnown = channelMetadata?.onlyKnownThread === true;
  const ids = [senderId, ...senderAliases];
  const [known, said, strange] = await Promise.all([
    findThread(connection, place.key, ids),
    externalMessage(connection, message.externalId),
    strangeIds(connection, ids),
  ]);
  if (said !== undefined || (known === undefined && mustBeKnown)) return;
  const nameOf = async () => message.senderName ?? (await profileName(connection, senderId));
  const name = known === undefined ? await nameOf() : undefined;
  const thread =
    known === undefined
      ? await enterThread(connection, place, { ids, name })
      : await keepAddress(connection, known, place);
  if (await ratedByPress(connection, thread.conversationId, message, now)) return;
  if (known !== undefined && place.kind === "direct" && strange.length > 0)
    await knowAlso(connection, thread.contactId, strange);

  const speaker = place.kind === "group" ? await enterSpeaker(connection, ids, nameOf) : undefined;
  const conversation = await openThreadConversation(connection, thread, now);
  const { attachments, missing } = await fetchFiles(connection, message, {
    ...conversation,
    by: speaker?.id ?? thread.contactId,
  });
  const answered =
    message.replyToId === undefined ? undefined : await externalMessage(connection, message.replyToId);
  const words = {
    text: [message.content, ...missing].filter((part) => part.trim() !== "").join("\n") || "📎",
    replyTo: answered?.conversationId === conversation.id ? answered.messageId : undefined,
    attachments,
    external: { connectionId: connection.id, id: message.externalId },
    speaker,
  };
  await noteWritten(connection, thread, message.timestamp, now);
  if (await tookKeyword(connection, { thread, conversation }, message.keyword, words, now)) return;
  if (await greeted(conversation, message, words, now)) return;
  await storeWords(conversation, words, { now });
}

/** What the company wrote in the platform's own app takes the conversation over: a person is speaking. */
async function receiveEcho(connection: OpenConnection, echo: Echo, now: Date): Promise<void> {
  const thread = await findThread(connection, echo.thread.key);
  if (thread === undefined) return;
  if ((await externalMessage(connection, echo.externalId)) !== undefined) return;
  const conversation = await findConversation(connection, thread.conversationId);
  const { attachments, missing } = await fetchFiles(connection, echo, { ...conversation, by: connection.id });
  await operatorWroteElsewhere(connection, conversation.id, {
    preferred: connection.createdBy,
    app: connection.adapter.label,
    text: [echo.content, ...missing].filter((part) => part.trim() !== "").join("\n") || "📎",
    attachments,
    external: { connectionId: connection.id, id: echo.externalId },
    now,
  });
}

async function receiveRemark(connection: OpenConnection, remark: Reaction | Edit, now: Date): Promise<void> {
  const about = await externalMessage(connection, remark.externalId);
  if (about === undefined) throw new NotYet("The message that this is about has not come yet.");
  const conversation = await findConversation(connection, about.conversationId);
  const author = about.authorKind === "customer" ? "The customer" : `Someone on ${connection.adapter.label}`;
  const text = remark.kind === "edit" ? editWords(remark, author) : reactionWords(remark);
  // The same remark told twice is one line; two of one second, which is as far as some platforms count, are two.
  const clientId = `remark:${connection.id}:${about.messageId}:${remark.at.getTime()}:${hashToken(text)}`;
  await append(conversation, {
    now,
    clientId,
    messages: [
      { author: { kind: "system" }, text, audience: "operators", replyTo: about.messageId, clientId },
    ],
  });
}

function editWords({ content }: Edit, author: string): string {
  return content === undefined
    ? `${author} took this message back.`
    : `${author} changed this message to: ${content}`;
}

function reactionWords({ emoji }: Reaction): string {
  return emoji === undefined ? "The customer took back a reaction." : `The customer reacted with ${emoji}`;
}

async function receiveAction(connection: OpenConnection, action: Action, now: Date): Promise<void> {
  if (action.name === "credentials_revoked") {
    return noteError(connection, `${connection.adapter.label} has revoked our credentials.`, now, {
      revoked: true,
    });
  }
  if (action.name === "renumbered") return renumber(connection, action);
  const thread = action.threadKey === undefined ? undefined : await findThread(connection, action.threadKey);
  if (thread === undefined) return;
  if (action.name === "typing") return showCustomerTyping(connection, thread);
  // Who comes back to us has not blocked us any more; some platforms say no more of it than that.
  await blockThread(connection, thread, { blocked: action.name === "blocked" });
}

/** A sender has a new id on the platform, and stays who they are. */
async function renumber(connection: OpenConnection, { senderId, newSenderId }: Action): Promise<void> {
  if (senderId === undefined || newSenderId === undefined) return;
  const contactId = await contactOf(connection, senderId);
  if (contactId !== undefined) await knowAlso(connection, contactId, [newSenderId]);
}

function showCustomerTyping(
  { companyId }: OpenConnection,
  { conversationId, contactId: authorId }: ThreadRecord,
): void {
  publishFleeting(
    { companyId, conversationId },
    { type: "typing", conversationId, author: "customer", authorId, typing: true },
  );
}

/** The conversation of a thread as it goes on: a new one where the last ended too long ago. */
export async function openThreadConversation(connection: OpenConnection, thread: ThreadRecord, now: Date) {
  const conversation = await findConversation(connection, thread.conversationId);
  if (mayReopen({ conversation }, now.getTime())) return conversation;
  return findConversation(connection, await renewConversation(connection, thread));
}

async function profileName(
  { adapter, config }: OpenConnection,
  senderId: string,
): Promise<string | undefined> {
  try {
    return (await adapter.profile?.(senderId, config, outsideOf(adapter.name)))?.name;
  } catch (error) {
    // A name is a courtesy: nobody waits for it.
    log.warn({ err: error, channel: adapter.name }, "A sender's name could not be read");
    return undefined;
  }
}
