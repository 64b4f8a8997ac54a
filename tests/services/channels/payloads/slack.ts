import type { Payload } from "#support/channel-contract";
import {
  ada,
  at,
  bot,
  command,
  direct,
  envelope,
  id,
  inChannel,
  inThread,
  press,
  team,
  ts,
} from "./slack-bodies.ts";
import { messages } from "./slack-messages.ts";

/** Our own answer, as Slack tells it back: a bot's message has no subtype today. */
export const ownEcho = direct({
  user: bot,
  bot_id: "B0BOT000001",
  app_id: "A0APP000001",
  text: "How can I help?",
});

/** Seen by the same app in another workspace. */
export const wrongAccount = envelope(
  { type: "message", user: ada, ts, channel: "D0DIRECT001", channel_type: "im", text: "Hello" },
  { team_id: "T0OTHER0001", context_team_id: "T0OTHER0001", authorizations: [{ team_id: "T0OTHER0001" }] },
);

export const unknownKind = envelope({ type: "pigeon_arrived", pigeon: { id: 7 }, event_ts: ts });

export const payloads: Payload[] = [
  ...messages,
  {
    name: "an edit",
    body: inChannel({
      subtype: "message_changed",
      hidden: true,
      user: undefined,
      ts: "1700000020.000100",
      event_ts: "1700000020.000100",
      message: {
        type: "message",
        user: ada,
        text: `<@${bot}> blue`,
        ts,
        thread_ts: ts,
        edited: { user: ada, ts },
      },
      previous_message: { type: "message", user: ada, text: `<@${bot}> red`, ts },
    }),
    expects: [
      { kind: "edit", externalId: id, threadKey: id, content: "blue", at: new Date(1_700_000_020_000) },
    ],
  },
  {
    name: "a link's preview, which is no edit",
    body: direct({
      subtype: "message_changed",
      message: { user: ada, text: "<https://shop.example>", ts, attachments: [{ title: "Shop" }] },
      previous_message: { user: ada, text: "<https://shop.example>", ts },
    }),
    expects: [],
  },
  {
    name: "a preview under our own words",
    body: direct({
      subtype: "message_changed",
      message: { user: bot, bot_id: "B0BOT000001", text: "new", ts },
      previous_message: { user: bot, bot_id: "B0BOT000001", text: "old", ts },
    }),
    expects: [],
  },
  {
    name: "a deletion",
    body: inChannel({
      subtype: "message_deleted",
      deleted_ts: "1700000009.000100",
      event_ts: "1700000020.000100",
      previous_message: { user: ada, text: "oops", ts: "1700000009.000100", thread_ts: ts },
    }),
    expects: [
      { kind: "edit", externalId: "C0GENERAL01:1700000009.000100", threadKey: id, content: undefined },
    ],
  },
  {
    name: "a deletion of a message that has replies",
    body: direct({
      subtype: "message_changed",
      message: {
        subtype: "tombstone",
        user: "USLACKBOT",
        text: "This message was deleted.",
        ts,
        thread_ts: ts,
      },
      previous_message: { user: ada, text: "oops", ts, thread_ts: ts },
    }),
    expects: [
      { kind: "edit", externalId: `D0DIRECT001:${ts}`, threadKey: "D0DIRECT001", content: undefined },
    ],
  },
  {
    name: "a notice that someone joined",
    body: inChannel({ subtype: "channel_join", text: `<@${ada}> has joined the channel` }),
    expects: [],
  },
  {
    name: "another bot's message",
    body: inChannel({
      subtype: "bot_message",
      user: undefined,
      bot_id: "B0WEATHER01",
      text: `<@${bot}> rain`,
    }),
    expects: [],
  },
  {
    name: "the message of another app, which bears no subtype today",
    body: direct({ user: "U0WEATHER01", bot_id: "B0WEATHER01", app_id: "A0WEATHER01", text: "Rain" }),
    expects: [],
  },
  {
    name: "a reaction",
    body: envelope({
      type: "reaction_added",
      user: ada,
      reaction: "thumbsup::skin-tone-3",
      item_user: bot,
      item: { type: "message", channel: "D0DIRECT001", ts },
      event_ts: "1700000030.000100",
    }),
    expects: [
      {
        kind: "reaction",
        externalId: `D0DIRECT001:${ts}`,
        threadKey: "D0DIRECT001",
        senderId: ada,
        emoji: ":thumbsup::skin-tone-3:",
      },
    ],
  },
  {
    name: "a reaction taken back",
    body: envelope({
      type: "reaction_removed",
      user: ada,
      reaction: "eyes",
      item: { type: "message", channel: "C0GENERAL01", ts },
      event_ts: ts,
    }),
    expects: [{ kind: "reaction", externalId: id, emoji: undefined }],
  },
  {
    name: "a reaction to a file",
    body: envelope({
      type: "reaction_added",
      user: ada,
      reaction: "eyes",
      item: { type: "file", file: "F1" },
    }),
    expects: [],
  },
  {
    name: "a press on a button",
    body: press({ type: "button", text: { type: "plain_text", text: "Yes &amp; now" }, value: "yes" }),
    expects: [
      {
        kind: "message",
        externalId: "C0GENERAL01:1700000002.000100",
        thread: inThread,
        senderId: ada,
        content: "Yes & now",
        replyToId: "C0GENERAL01:1700000001.000100",
        channelMetadata: { button: { actionId: "choice-1", value: "yes" } },
      },
    ],
  },
  {
    name: "a choice from a menu, in a direct talk",
    body: press(
      { type: "static_select", selected_option: { text: { type: "plain_text", text: "Large" }, value: "l" } },
      { channel: { id: "D0DIRECT001", name: "directmessage" } },
    ),
    expects: [
      { content: "Large", thread: { key: "D0DIRECT001" }, channelMetadata: { button: { value: "l" } } },
    ],
  },
  {
    name: "a form of another part of the app",
    body: { form: { payload: JSON.stringify({ type: "view_submission", team: { id: team }, view: {} }) } },
    expects: [],
  },
  {
    name: "a slash command, to be answered to its writer alone",
    body: command(),
    expects: [
      {
        kind: "message",
        externalId: "13345224609.738474920.8088930838d88f008e0",
        thread: { key: ada, kind: "direct", address: { channel: ada } },
        senderId: ada,
        content: "where is my order?",
        channelMetadata: { command: "/support", channel: "C0GENERAL01" },
      },
    ],
  },
  {
    name: "a slash command without words",
    body: command({ text: "" }),
    expects: [{ content: "/support" }],
  },
  {
    name: "the end of the app's token",
    body: envelope({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot] }, event_ts: ts }),
    expects: [{ kind: "action", name: "credentials_revoked", at }],
  },
  {
    name: "the end of a person's token, which is none of ours",
    body: envelope({ type: "tokens_revoked", tokens: { oauth: [ada], bot: [] }, event_ts: ts }),
    expects: [],
  },
  {
    name: "the app's removal",
    body: envelope({ type: "app_uninstalled", event_ts: ts }),
    expects: [{ kind: "action", name: "credentials_revoked" }],
  },
];
