import type { Payload } from "#support/channel-contract";
import { ada, at, bot, direct, envelope, id, inChannel, inThread, team, ts } from "./slack-bodies.ts";

const photo = {
  id: "F0PHOTO0001",
  created: 1_700_000_000,
  name: "broken.png",
  title: "broken.png",
  mimetype: "image/png",
  filetype: "png",
  size: 4_321,
  mode: "hosted",
  is_external: false,
  url_private: "https://files.slack.com/files-pri/T0COMPANY01-F0PHOTO0001/broken.png",
  url_private_download: "https://files.slack.com/files-pri/T0COMPANY01-F0PHOTO0001/download/broken.png",
};

/** What customers write. */
export const messages: Payload[] = [
  {
    name: "a direct message",
    body: direct({ text: "Where is my order?", blocks: [{ type: "rich_text", elements: [] }], team }),
    expects: [
      {
        kind: "message",
        externalId: `D0DIRECT001:${ts}`,
        thread: { key: "D0DIRECT001", kind: "direct", address: { channel: "D0DIRECT001" } },
        senderId: ada,
        content: "Where is my order?",
        contentType: "text",
        timestamp: at,
      },
    ],
  },
  {
    name: "a reply in a thread of a direct talk, to be answered there",
    body: direct({ text: "And now?", ts: "1700000009.000100", thread_ts: ts }),
    expects: [{ thread: { key: "D0DIRECT001", address: { channel: "D0DIRECT001", threadTs: ts } } }],
  },
  {
    name: "a call of the bot in a channel, without its name",
    body: envelope({
      type: "app_mention",
      user: ada,
      text: `<@${bot}> is the shop open?`,
      ts,
      channel: "C0GENERAL01",
      event_ts: ts,
    }),
    expects: [{ kind: "message", externalId: id, thread: inThread, content: "is the shop open?" }],
  },
  {
    name: "the same call as the channel's message, under the same id",
    body: inChannel({ text: `is the shop open, <@${bot}>?` }),
    expects: [{ externalId: id, thread: inThread, content: "is the shop open, ?" }],
  },
  {
    name: "a call that says nothing more",
    body: inChannel({ text: `<@${bot}>` }),
    expects: [{ content: `@${bot}` }],
  },
  {
    name: "talk in a channel that is not meant for us",
    body: inChannel({ text: "Lunch?" }),
    expects: [],
  },
  {
    name: "a reply in a channel's thread, for the caller to say whether it is ours",
    body: inChannel({ text: "Thanks!", ts: "1700000009.000100", thread_ts: ts }),
    expects: [
      {
        externalId: "C0GENERAL01:1700000009.000100",
        thread: inThread,
        channelMetadata: { onlyKnownThread: true },
      },
    ],
  },
  {
    name: "a thread's reply that was also sent to the channel",
    body: inChannel({ subtype: "thread_broadcast", text: "Done", ts: "1700000009.000100", thread_ts: ts }),
    expects: [{ thread: inThread, channelMetadata: { onlyKnownThread: true } }],
  },
  {
    name: "a message to a small group",
    body: envelope({
      type: "message",
      user: ada,
      text: "Hi",
      ts,
      channel: "G0PRIVATE01",
      channel_type: "mpim",
    }),
    expects: [{ thread: { key: `G0PRIVATE01:${ts}`, kind: "group" }, content: "Hi" }],
  },
  {
    name: "what someone does",
    body: direct({ subtype: "me_message", text: "waves" }),
    expects: [{ content: "waves" }],
  },
  {
    name: "links, people, channels and signs in readable words",
    body: direct({
      text: "<@U0CUSTOMER2|grace> wrote in <#C0GENERAL01|general>: a &lt; b &amp; &amp;lt; <https://shop.example/x|my order> <https://shop.example> <mailto:a@shop.example|a@shop.example> <!here> <!subteam^S1|@sales> <!date^1392734382^{date}|Feb 18, 2014>",
    }),
    expects: [
      {
        content:
          "@grace wrote in #general: a < b & &lt; my order (https://shop.example/x) https://shop.example a@shop.example @here @sales Feb 18, 2014",
      },
    ],
  },
  {
    name: "a picture with words",
    body: direct({ subtype: "file_share", text: "It broke", files: [photo], upload: true }),
    expects: [
      {
        content: "It broke",
        contentType: "image",
        attachments: [
          {
            type: "image",
            name: "broken.png",
            mediaType: "image/png",
            size: 4_321,
            locator: { id: photo.id, url: photo.url_private_download },
          },
        ],
      },
    ],
  },
  {
    name: "a recording without words",
    body: direct({
      subtype: "file_share",
      text: "",
      files: [{ ...photo, mimetype: "video/mp4", subtype: "slack_audio", name: "voice.mp4" }],
    }),
    expects: [{ content: "", contentType: "audio" }],
  },
  {
    name: "a file of a shared channel, whose address Slack tells later",
    body: direct({
      subtype: "file_share",
      text: "See here",
      files: [
        { id: "F0SHARED001", mode: "file_access", file_access: "check_file_info", created: 0, user: "" },
      ],
    }),
    expects: [
      { contentType: "document", attachments: [{ type: "document", locator: { id: "F0SHARED001" } }] },
    ],
  },
  {
    name: "files that Slack does not hold, as words",
    body: direct({
      subtype: "file_share",
      text: "",
      files: [
        {
          ...photo,
          title: "Plan",
          mode: "external",
          is_external: true,
          url_private: "https://docs.example/plan",
        },
        { id: "F0GONE00001", mode: "tombstone" },
      ],
    }),
    expects: [
      { content: "📎 Plan (https://docs.example/plan)\n📎 A file (no longer in Slack)", contentType: "text" },
    ],
  },
  {
    name: "a message that was passed on",
    body: direct({
      text: "What about this?",
      attachments: [{ is_share: true, author_name: "Grace", text: "Closed &amp; gone", fallback: "x" }],
    }),
    expects: [{ content: "What about this?\n> Grace: Closed & gone" }],
  },
];
