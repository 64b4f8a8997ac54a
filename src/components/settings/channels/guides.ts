import type { PlatformName } from "#contracts/channel";

/** What a person must find in a platform's console, and what they must enter there. */
type Guide = {
  /** What is connected, in one line. */
  summary: string;
  /** Who delivers and is asked, where it is not called as the channel is. */
  side?: string;
  console: { name: string; url: string } | undefined;
  /** Where the credentials stand, in the console's own words. */
  find: string[];
  /** What is done at the platform with the webhook address. */
  paste: string[];
  /** What a secret is for that Baton makes where it is left empty. */
  chosenHelp?: string;
  /** How a first real message is sent. */
  tryIt: string;
};

const meta = { name: "Meta for Developers", url: "https://developers.facebook.com/apps" };
const metaChosen = {
  chosenHelp: "Meta shows it back when it asks whether the webhook URL is yours.",
};

export const guides: Record<PlatformName, Guide> = {
  whatsapp: {
    summary: "A WhatsApp Business number, through Meta's Cloud API.",
    console: meta,
    find: [
      "Under My Apps choose your app with WhatsApp, or create one.",
      "WhatsApp › API Setup: copy the phone number ID and the WhatsApp Business account ID.",
      "In Meta Business settings › Users › System users give a system user the app and the WhatsApp account. Then press Generate token, without expiry, with whatsapp_business_messaging and whatsapp_business_management.",
      "Back in the app, App settings › Basic: press Show beside App secret.",
    ],
    paste: [
      "In the Meta app open WhatsApp › Configuration, and press Edit at Webhook.",
      "Paste the webhook URL as Callback URL, and the verify token. Press Verify and save.",
      "Under Webhook fields subscribe to messages; also to smb_message_echoes, if people answer in the WhatsApp Business app too.",
      "Press “Set up webhook” here: it subscribes the app to the account, and directs this number's messages to Baton.",
    ],
    ...metaChosen,
    tryIt: "Write to the number from a phone.",
  },
  telegram: {
    summary: "A Telegram bot that customers write to.",
    console: { name: "BotFather", url: "https://t.me/BotFather" },
    find: [
      "In the chat with @BotFather send /newbot; for a bot that you have, send /token.",
      "Choose a name, and a username that ends in “bot”.",
      "BotFather answers with the token: a number, a colon and a key. Copy all of it.",
    ],
    paste: ["Nothing has to be pasted: press “Set up webhook”, and Baton tells Telegram where to deliver."],
    chosenHelp:
      "“Set up webhook” passes it on. You need it only to call Telegram's setWebhook yourself, as secret_token.",
    tryIt: "Open the bot in Telegram, press Start and write to it.",
  },
  slack: {
    summary: "A Slack app, for your workspace and shared channels.",
    console: { name: "Slack apps", url: "https://api.slack.com/apps" },
    find: [
      "Press Create New App › From scratch, and choose your workspace.",
      "OAuth & Permissions › Bot Token Scopes: add app_mentions:read, chat:write, files:read, files:write, im:history and users:read.",
      "Press Install to Workspace, and copy the Bot User OAuth Token. It begins with xoxb-.",
      "Basic Information › App Credentials: copy the Signing Secret, and the App ID if you like.",
      "Open Slack in a browser: the part of the address after /client/ that begins with T is the workspace ID.",
    ],
    paste: [
      "In the Slack app open Event Subscriptions, switch it on and paste the webhook URL as Request URL.",
      "Subscribe to bot events: add app_mention and message.im, and save.",
      "Interactivity & Shortcuts: switch it on, and paste the same URL.",
      "App Home: allow messages from the Messages tab. Reinstall the app if Slack asks for it.",
    ],
    tryIt: "Write to the app in Slack, or mention it in a channel that it was invited to.",
  },
  teams: {
    summary: "A Microsoft Teams bot, for people of one organisation.",
    console: { name: "the Azure portal", url: "https://portal.azure.com" },
    find: [
      "Create an Azure Bot of the type Single Tenant, or open the one that you have.",
      "Configuration: copy the Microsoft App ID and the App Tenant ID.",
      "Manage Password leads to Certificates & secrets: press New client secret, and copy its Value, not its Secret ID.",
    ],
    paste: [
      "In the Azure Bot open Configuration, paste the webhook URL as Messaging endpoint, and press Apply.",
      "Channels: add Microsoft Teams.",
      "In the Teams Developer Portal make an app with this bot, and publish it to your organisation.",
    ],
    tryIt: "Open the app in Teams and write to it.",
  },
  messenger: {
    summary: "The messages of a Facebook Page.",
    console: meta,
    find: [
      "Under My Apps choose your app with Messenger, or create one.",
      "Messenger API Settings › Generate access tokens: connect your Page, and generate its token with pages_messaging and pages_manage_metadata.",
      "The Page ID stands beside the token, and on the Page under About › Page transparency.",
      "App settings › Basic: press Show beside App secret.",
    ],
    paste: [
      "In the Meta app open Messenger API Settings › Configure webhooks.",
      "Paste the webhook URL as Callback URL, and the verify token. Press Verify and save.",
      "Press “Set up webhook” here: it subscribes the Page to all that Baton reads.",
    ],
    ...metaChosen,
    tryIt: "Write to the Page from a personal account.",
  },
  sms: {
    summary: "Text messages and phone calls, through a Twilio number.",
    side: "Twilio",
    console: { name: "the Twilio console", url: "https://console.twilio.com" },
    find: [
      "On the first page, Account Info: copy the Account SID and the Auth Token. It must be the primary one.",
      "Phone Numbers › Manage › Active numbers: copy the number with its + and country code.",
      "If a messaging service chooses your numbers: Messaging › Services, and copy its SID, which begins with MG.",
    ],
    paste: [
      "For a number nothing has to be pasted: press “Set up webhook”, and Baton tells Twilio.",
      "For a messaging service open Integration, choose Send a webhook, and paste the webhook URL as Request URL with HTTP POST.",
    ],
    tryIt: "Send a text to the number.",
  },
  custom: {
    summary: "A system of your own, by webhooks that both sides sign.",
    side: "your system",
    console: undefined,
    find: [
      "The endpoint is the https address of your system that takes our messages.",
      "The signing secret is whsec_ and the base64 of 24 to 64 random bytes. Leave it empty, and Baton makes one.",
    ],
    paste: [
      "Give your system the webhook URL and the signing secret.",
      "Post what your customers write to the URL, signed after Standard Webhooks 1.0.0. Baton's own docs/custom-channel.md shows a whole example.",
    ],
    chosenHelp: "Your system signs with it, and checks our webhooks with it.",
    tryIt: "Have your system post a message.",
  },
};

/** Who delivers for a channel and is asked about it, as a sentence names them. */
export function sideOf({ name, label }: { name: PlatformName; label: string }): string {
  return guides[name].side ?? label;
}
