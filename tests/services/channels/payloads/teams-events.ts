import type { Payload } from "#support/channel-contract";
import { account, activity, at, bot, channel, chat, customer, inChannel, name } from "./teams.ts";

/** What happens to messages and conversations. */
export const events: Payload[] = [
  {
    name: "a changed message",
    body: activity({
      type: "messageUpdate",
      text: "Where is my order 1042?",
      channelData: { eventType: "editMessage", tenant: { id: account.tenantId } },
    }),
    expects: [
      {
        kind: "edit",
        externalId: name("1700000000123"),
        threadKey: chat,
        content: "Where is my order 1042?",
        at,
      },
    ],
  },
  {
    name: "a deleted message",
    body: activity({ type: "messageDelete", channelData: { eventType: "softDeleteMessage" } }),
    expects: [{ kind: "edit", externalId: name("1700000000123"), content: undefined }],
  },
  {
    name: "a message whose deletion was undone",
    body: activity({ type: "messageUpdate", text: "Back", channelData: { eventType: "undeleteMessage" } }),
    expects: [{ kind: "edit", content: "Back" }],
  },
  {
    name: "a reaction",
    body: activity({
      type: "messageReaction",
      id: "f:5f85c2ad",
      replyToId: "1700000000100",
      reactionsAdded: [{ type: "heart" }],
    }),
    expects: [{ kind: "reaction", externalId: name("1700000000100"), threadKey: chat, emoji: "❤️", at }],
  },
  {
    name: "a reaction that was changed for another, newer one",
    body: activity({
      type: "messageReaction",
      id: "f:5f85c2ae",
      replyToId: "1700000000100",
      reactionsRemoved: [{ type: "heart" }],
      reactionsAdded: [{ type: "1f389_partypopper" }],
    }),
    expects: [{ kind: "reaction", emoji: "🎉" }],
  },
  {
    name: "a reaction that was taken back",
    body: activity({
      type: "messageReaction",
      id: "f:5f85c2af",
      replyToId: "1700000000100",
      reactionsRemoved: [{ type: "like" }],
    }),
    expects: [{ kind: "reaction", externalId: name("1700000000100"), emoji: undefined }],
  },
  {
    name: "a conversation that was opened",
    body: activity({
      type: "conversationUpdate",
      id: "f:1",
      membersAdded: [{ id: customer.id }, { id: bot.id }],
    }),
    expects: [{ kind: "action", name: "opened", threadKey: chat, senderId: customer.id, at }],
  },
  {
    name: "nothing from another person joining",
    body: activity({
      ...inChannel,
      type: "conversationUpdate",
      id: "f:2",
      membersAdded: [{ id: "29:adele" }],
    }),
    expects: [],
  },
  {
    name: "a bot that was taken out of a channel, without blaming a person",
    body: activity({ ...inChannel, type: "conversationUpdate", id: "f:3", membersRemoved: [{ id: bot.id }] }),
    expects: [{ kind: "action", name: "blocked", threadKey: channel, senderId: undefined }],
  },
  {
    name: "an app that was removed",
    body: activity({ type: "installationUpdate", id: "f:4", action: "remove" }),
    expects: [{ kind: "action", name: "blocked", senderId: customer.id }],
  },
  {
    name: "an app that was added",
    body: activity({ type: "installationUpdate", id: "f:5", action: "add" }),
    expects: [{ kind: "action", name: "opened", threadKey: chat }],
  },
  {
    name: "nothing from an app that was brought up to date",
    body: activity({ type: "installationUpdate", id: "f:6", action: "add-upgrade" }),
    expects: [],
  },
  {
    name: "someone typing",
    body: activity({ type: "typing", id: undefined }),
    expects: [{ kind: "action", name: "typing", threadKey: chat, senderId: customer.id }],
  },
  {
    name: "a read receipt",
    body: activity({
      type: "event",
      id: "f:7",
      name: "application/vnd.microsoft.readReceipt",
      value: { lastReadMessageId: "1700000000200" },
    }),
    expects: [{ kind: "receipt", threadKey: chat, status: "read", until: new Date(1_700_000_000_200), at }],
  },
  {
    name: "nothing from a meeting that began",
    body: activity({ type: "event", id: "f:8", name: "application/vnd.microsoft.meetingStart", value: {} }),
    expects: [],
  },
];
