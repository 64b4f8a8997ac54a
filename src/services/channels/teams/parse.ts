import type { WebhookRequest } from "#channels/channel";
import type { Action, Incoming } from "#contracts/channel";
import { contentOf, wordsOfValue } from "./content.ts";
import { messageOf, momentOf, repliedTo } from "./message.ts";
import { type Activity, activityOf, CardAction, Feedback, LastRead } from "./payload.ts";
import { emojiOf } from "./reactions.ts";
import type { Settings } from "./settings.ts";
import { externalIdOf } from "./thread.ts";

type Reader = (activity: Activity, now: Date) => (Incoming | undefined)[];

// learn.microsoft.com, Teams platform, "Conversation events in your Teams bot".
const readers = new Map<string, Reader>([
  ["message", (activity, now) => [messageOf(activity, now)]],
  ["messageUpdate", (activity, now) => [edit(activity, now, contentOf(activity))]],
  ["messageDelete", (activity, now) => [edit(activity, now, undefined)]],
  ["messageReaction", reactions],
  ["conversationUpdate", (activity, now) => [membership(activity, now)]],
  ["installationUpdate", (activity, now) => [installation(activity, now)]],
  ["typing", (activity, now) => [action("typing", activity, now)]],
  ["event", (activity, now) => [read(activity, now)]],
  ["invoke", (activity, now) => [invoked(activity, now)]],
]);

/** Reads one activity: a message, an event of one, or something that is neither. */
export function parse({ rawBody, now }: WebhookRequest, { appId }: Settings): Incoming[] {
  const activity = activityOf(rawBody);
  if (isOwn(activity, appId)) return [];
  const found = readers.get(activity.type)?.(activity, now) ?? [];
  return found.filter((each) => each !== undefined);
}

/** Whether the bot itself did it, so that its words do not come back as a customer's. */
function isOwn({ from, recipient, type }: Activity, appId: string): boolean {
  if (from?.id === undefined || type === "conversationUpdate" || type === "installationUpdate") return false;
  return from.id === `28:${appId}` || from.id === recipient?.id || from.role === "bot";
}

function edit(activity: Activity, now: Date, content: string | undefined): Incoming | undefined {
  const { id, conversation } = activity;
  if (id === undefined) return undefined;
  return {
    kind: "edit",
    externalId: externalIdOf(conversation.id, id),
    threadKey: conversation.id,
    content,
    at: momentOf(activity, now),
  };
}

function reactions(activity: Activity, now: Date): (Incoming | undefined)[] {
  const { reactionsAdded = [], reactionsRemoved = [] } = activity;
  // A changed reaction is told as one taken back and one given: what counts is the one given.
  if (reactionsAdded.length === 0) return reactionsRemoved.map(() => reaction(activity, now, undefined));
  return reactionsAdded.map(({ type }) => reaction(activity, now, emojiOf(type)));
}

function reaction(activity: Activity, now: Date, emoji: string | undefined): Incoming | undefined {
  const externalId = repliedTo(activity);
  if (externalId === undefined || activity.from?.id === undefined) return undefined;
  return {
    kind: "reaction",
    externalId,
    threadKey: activity.conversation.id,
    senderId: activity.from.id,
    emoji,
    at: momentOf(activity, now),
  };
}

/** Only the bot's own coming and going: who else joins a group is none of ours. */
function membership(activity: Activity, now: Date): Incoming | undefined {
  const { membersAdded = [], membersRemoved = [], recipient } = activity;
  const isBot = ({ id }: { id?: string | undefined }) => id !== undefined && id === recipient?.id;
  if (membersAdded.some(isBot)) return action("opened", activity, now);
  if (membersRemoved.some(isBot)) return action("blocked", activity, now);
  return undefined;
}

function installation(activity: Activity, now: Date): Incoming | undefined {
  if (activity.action === "add") return action("opened", activity, now);
  if (activity.action === "remove") return action("blocked", activity, now);
  return undefined;
}

function action(name: Action["name"], activity: Activity, now: Date): Incoming {
  const { conversation, from, recipient } = activity;
  // A group that closes itself to the bot says nothing of the person who did that.
  const isPersons = name === "typing" || conversation.conversationType === "personal";
  const senderId = isPersons && from?.id !== recipient?.id ? from?.id : undefined;
  return { kind: "action", name, threadKey: conversation.id, senderId, at: momentOf(activity, now) };
}

/** A read receipt, whose message id is the moment of that message in milliseconds. */
function read(activity: Activity, now: Date): Incoming | undefined {
  if (activity.name !== "application/vnd.microsoft.readReceipt") return undefined;
  const { data } = LastRead.safeParse(activity.value);
  if (data === undefined) return undefined;
  const threadKey = activity.conversation.id;
  const at = momentOf(activity, now);
  const until = /^\d{13}$/.test(data.lastReadMessageId)
    ? new Date(Number(data.lastReadMessageId))
    : undefined;
  if (until !== undefined) return { kind: "receipt", threadKey, until, status: "read", at };
  const externalId = externalIdOf(threadKey, data.lastReadMessageId);
  return { kind: "receipt", externalId, threadKey, status: "read", at };
}

/** A card's button that waits for an answer, or the thumb under an answer of the agent. */
function invoked(activity: Activity, now: Date): Incoming | undefined {
  if (activity.name === "message/submitAction") {
    const { data } = Feedback.safeParse(activity.value);
    return data === undefined ? undefined : reaction(activity, now, emojiOf(data.actionValue.reaction));
  }
  if (activity.name !== "adaptiveCard/action") return undefined;
  const { data } = CardAction.safeParse(activity.value);
  if (data === undefined) return undefined;
  const { title, verb, data: value } = data.action;
  return messageOf({ ...activity, text: title || wordsOfValue(value) || verb || "", value }, now);
}
