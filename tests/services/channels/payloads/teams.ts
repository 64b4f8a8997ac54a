import type { Payload } from "#support/channel-contract";

/** The company whose bot is written to. */
export const account = {
  appId: "7b1d1c7e-55a3-4f0c-9b5e-0d5a6d0f6a11",
  appPassword: "the~client.secret-of-this-bot",
  tenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47",
};

const serviceUrl = "https://smba.trafficmanager.net/emea/";
export const chat = "a:1pL6i0oY3C0K8oAj8chZUPGJjI4kPEpQxkT0_L8Yb0NMyT";
export const channel = "19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2;messageid=1700000000001";
export const customer = {
  id: "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQtHieVkKilBZ9XHoq9j7Zaqt7CZ-NJWi7me2kHTL3Bw",
  name: "Megan Bowen",
  aadObjectId: "7faf8130-5a34-4f1c-8d2b-5e1f5a4d3c2b",
};
export const bot = { id: `28:${account.appId}`, name: "Contoso Help" };

const base = {
  channelId: "msteams",
  serviceUrl,
  timestamp: "2026-11-03T14:02:11.123Z",
  from: customer,
  recipient: bot,
  conversation: { conversationType: "personal", id: chat, tenantId: account.tenantId },
  channelData: { tenant: { id: account.tenantId } },
  locale: "en-GB",
};

/** An activity as Teams delivers it from a chat of two. */
export function activity(fields: Record<string, unknown>): Record<string, unknown> {
  return { ...base, type: "message", id: "1700000000123", ...fields };
}

export const inChannel = {
  conversation: { conversationType: "channel", isGroup: true, id: channel, tenantId: account.tenantId },
  channelData: {
    tenant: { id: account.tenantId },
    team: { id: "19:team@thread.tacv2" },
    channel: { id: "19:c" },
  },
};
export const at = new Date(base.timestamp);
export const name = (id: string, conversation = chat) => `${conversation}|${id}`;
const mention = (who: { id: string; name: string }) => ({
  type: "mention",
  mentioned: who,
  text: `<at>${who.name}</at>`,
});
const twin = (content: string) => ({ contentType: "text/html", content });

/** What customers say. */
export const payloads: Payload[] = [
  {
    name: "a text",
    body: activity({ text: "Where is my order?", textFormat: "plain" }),
    expects: [
      {
        kind: "message",
        externalId: name("1700000000123"),
        senderId: customer.id,
        senderAliases: [customer.aadObjectId],
        senderName: "Megan Bowen",
        content: "Where is my order?",
        contentType: "text",
        timestamp: at,
        thread: {
          key: chat,
          kind: "direct",
          address: { serviceUrl, conversationId: chat, tenantId: account.tenantId, botId: bot.id },
        },
      },
    ],
  },
  {
    name: "a formatted text once, although its HTML comes too",
    body: activity({ text: "**Urgent** please", attachments: [twin("<p><b>Urgent</b> please</p>")] }),
    expects: [{ kind: "message", content: "**Urgent** please", attachments: undefined }],
  },
  {
    name: "a lone emoji, which only the HTML holds",
    body: activity({
      text: "",
      attachments: [
        twin('<p><img itemtype="http://schema.skype.com/Emoji" alt="🙏" src="https://s/e.png"> &amp; hi</p>'),
      ],
    }),
    expects: [{ kind: "message", content: "🙏 & hi" }],
  },
  {
    name: "a channel's thread without the mention of the bot",
    body: activity({
      ...inChannel,
      text: "<at>Contoso Help</at>&nbsp;can <at>Adele Vance</at> return it?\n",
      entities: [mention(bot), mention({ id: "29:adele", name: "Adele Vance" }), { type: "clientInfo" }],
    }),
    expects: [
      {
        kind: "message",
        content: "can @Adele Vance return it?",
        externalId: name("1700000000123", channel),
        thread: { key: channel, kind: "group", address: { conversationId: channel } },
      },
    ],
  },
  {
    name: "a file of the customer's OneDrive",
    body: activity({
      text: null,
      attachments: [
        {
          contentType: "application/vnd.microsoft.teams.file.download.info",
          contentUrl: "https://contoso-my.sharepoint.com/personal/megan/Documents/receipt.pdf",
          name: "receipt.pdf",
          content: {
            downloadUrl: "https://contoso-my.sharepoint.com/personal/megan/_layouts/15/download.aspx?t=1",
            uniqueId: "1150d938-8870-4044-9f2c-5bbdebb70c9d",
            fileType: "pdf",
          },
        },
      ],
    }),
    expects: [
      {
        kind: "message",
        content: "",
        contentType: "document",
        attachments: [{ type: "document", name: "receipt.pdf", locator: { kind: "uploaded" } }],
      },
    ],
  },
  {
    name: "a pasted picture with its text",
    body: activity({
      text: "This is broken",
      attachments: [
        {
          contentType: "image/*",
          contentUrl: "https://smba.trafficmanager.net/emea/v3/attachments/0-w/views/original",
        },
        twin('<p>This is broken</p><img alt="image" src="https://graph.microsoft.com/hosted">'),
      ],
    }),
    expects: [
      {
        kind: "message",
        content: "This is broken",
        contentType: "image",
        attachments: [{ type: "image", locator: { kind: "inline", serviceUrl } }],
      },
    ],
  },
  {
    name: "a pasted picture alone",
    body: activity({
      text: "",
      attachments: [
        {
          contentType: "image/png",
          contentUrl: "https://smba.trafficmanager.net/emea/v3/attachments/0-x/views/original",
          name: "screen.png",
        },
        twin('<p><img alt="image" src="https://graph.microsoft.com/hosted"></p>'),
      ],
    }),
    expects: [
      {
        kind: "message",
        content: "",
        attachments: [{ type: "image", mediaType: "image/png", name: "screen.png" }],
      },
    ],
  },
  {
    name: "a card that was passed on, by its title",
    body: activity({
      text: "See this",
      attachments: [
        { contentType: "application/vnd.microsoft.card.thumbnail", content: { title: "Order 1042" } },
      ],
    }),
    expects: [{ kind: "message", content: "See this\n📎 Order 1042", contentType: "text" }],
  },
  {
    name: "a form of a card",
    body: activity({
      value: { msteams: {}, choice: "Refund", comment: "too late" },
      replyToId: "1700000000100",
    }),
    expects: [
      {
        kind: "message",
        content: "choice: Refund, comment: too late",
        replyToId: name("1700000000100"),
        channelMetadata: { value: { choice: "Refund" } },
      },
    ],
  },
  {
    name: "a button of ours",
    body: activity({ text: "Talk to a person", value: { buttonId: "human" }, replyToId: "1700000000100" }),
    expects: [
      { kind: "message", content: "Talk to a person", channelMetadata: { value: { buttonId: "human" } } },
    ],
  },
  {
    name: "a card's button that waits for its answer",
    body: activity({
      type: "invoke",
      name: "adaptiveCard/action",
      id: "f:3b1",
      value: {
        action: { type: "Action.Execute", verb: "approve", data: { order: "1042" } },
        trigger: "manual",
      },
    }),
    expects: [{ kind: "message", externalId: name("f:3b1"), content: "order: 1042" }],
  },
  {
    name: "a thumb under an answer of the agent",
    body: activity({
      type: "invoke",
      name: "message/submitAction",
      id: "f:3b2",
      replyToId: "1700000000100",
      value: {
        actionName: "feedback",
        actionValue: { reaction: "dislike", feedback: '{"feedbackText":""}' },
      },
    }),
    expects: [{ kind: "reaction", externalId: name("1700000000100"), emoji: "👎", senderId: customer.id }],
  },
  {
    name: "nothing from an invoke that concerns no conversation",
    body: activity({
      type: "invoke",
      name: "composeExtension/query",
      id: "f:3b3",
      value: { commandId: "find" },
    }),
    expects: [],
  },
];
