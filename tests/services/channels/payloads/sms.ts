import type { Payload } from "#support/channel-contract";

// Shapes as in twilio.com/docs/messaging/guides/webhook-request and …/track-outbound-message-status.

export const accountSid = `AC${"a1".repeat(16)}`;
/** The number that these deliveries are for. */
export const number = "+15550100";

const customer = "+15557001";
const sid = `SM${"0".repeat(32)}`;

/** A message of a customer to the number. */
export const message = (rest: Record<string, string>) => ({
  ToCountry: "US",
  ToState: "CA",
  SmsMessageSid: rest.MessageSid ?? sid,
  NumMedia: "0",
  ToCity: "",
  FromZip: "94105",
  SmsSid: rest.MessageSid ?? sid,
  FromState: "CA",
  SmsStatus: "received",
  FromCity: "SAN FRANCISCO",
  Body: "",
  FromCountry: "US",
  To: number,
  NumSegments: "1",
  MessageSid: sid,
  AccountSid: accountSid,
  From: customer,
  ApiVersion: "2010-04-01",
  ...rest,
});

const status = (MessageStatus: string, rest: Record<string, string> = {}) => ({
  SmsSid: sid,
  SmsStatus: MessageStatus,
  MessageStatus,
  To: customer,
  MessageSid: sid,
  AccountSid: accountSid,
  From: number,
  ApiVersion: "2010-04-01",
  ...rest,
});

const media = (index: number) =>
  `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME${index}`;

const tells = (name: string, body: unknown, ...expects: Record<string, unknown>[]): Payload => {
  return { name, body, expects };
};

const receipt = (rest: Record<string, unknown>) => {
  return { kind: "receipt", externalId: sid, threadKey: customer, ...rest };
};

export const payloads: Payload[] = [
  tells("a text with who wrote it and where answers go", message({ Body: "Where is my order?" }), {
    kind: "message",
    externalId: sid,
    thread: {
      key: customer,
      kind: "direct",
      address: { to: customer, statusCallback: "https://help.example.com/api/webhooks/c/a/sms/w" },
    },
    senderId: customer,
    content: "Where is my order?",
    contentType: "text",
    attachments: undefined,
    channelMetadata: { city: "SAN FRANCISCO", state: "CA", country: "US", segments: "1" },
  }),
  tells("a text with spaces around it as it was written", message({ Body: "  hi \n" }), {
    content: "  hi \n",
  }),
  tells("a message of several segments", message({ Body: "word ".repeat(90), NumSegments: "3" }), {
    content: "word ".repeat(90),
    channelMetadata: { segments: "3" },
  }),
  tells("a picture with words", message({ ...files("image/jpeg"), Body: "It came broken" }), {
    content: "It came broken",
    contentType: "image",
    attachments: [{ type: "image", mediaType: "image/jpeg", locator: { url: media(0) } }],
  }),
  tells("files of every kind without words", message(files("video/3gpp", "audio/amr", "text/vcard")), {
    content: "",
    contentType: "video",
    attachments: [
      { type: "video", mediaType: "video/3gpp", locator: { url: media(0) } },
      { type: "audio", mediaType: "audio/amr", locator: { url: media(1) } },
      { type: "document", mediaType: "text/vcard", locator: { url: media(2) } },
    ],
  }),
  tells("a message without anything in it", message({}), { content: "(empty message)" }),
  tells("a short code's message, which has no place", message({ From: "73829", Body: "hi", FromCity: "" }), {
    senderId: "73829",
    channelMetadata: { city: undefined },
  }),
  tells(
    "a rich message's sender, button and answered message",
    message({
      Body: "Yes",
      ProfileName: "Ada Byron",
      ButtonText: "Yes",
      ButtonPayload: "yes",
      OriginalRepliedMessageSid: "SM9",
    }),
    { content: "Yes", senderName: "Ada Byron", replyToId: "SM9", channelMetadata: { button: "yes" } },
  ),
  tells("that a customer opts out, as Twilio says", message({ Body: "Arrêt", OptOutType: "STOP" }), {
    kind: "message",
    content: "Arrêt",
    keyword: { means: "stop" },
  }),
  tells("that a customer opts out, by the word alone", message({ Body: " Unsubscribe " }), {
    kind: "message",
    keyword: { means: "stop" },
  }),
  tells("no opting out from a word among others", message({ Body: "Please stop the parcel" }), {
    kind: "message",
    keyword: undefined,
  }),
  tells("that a customer opts in again", message({ Body: "START", OptOutType: "START" }), {
    kind: "message",
    content: "START",
    keyword: { means: "start" },
  }),
  tells("a YES as a word that may be either", message({ Body: "yes" }), {
    kind: "message",
    keyword: { means: "start", whenStopped: true },
  }),
  tells("a HELP that Twilio has answered", message({ Body: "HELP", OptOutType: "HELP" }), {
    kind: "message",
    content: "HELP",
    keyword: { means: "help" },
    channelMetadata: { optOut: "HELP" },
  }),
  tells("a HELP that nobody answers as a question", message({ Body: "HELP" }), {
    kind: "message",
    keyword: undefined,
  }),
  tells("nothing from a step within Twilio", status("queued")),
  tells("nothing from a status that is not known yet", status("teleported")),
  tells("that a message was sent", status("sent"), receipt({ status: "sent", failure: undefined })),
  tells("that a message was delivered", status("delivered"), receipt({ status: "delivered" })),
  tells("that a message was read", status("read"), receipt({ status: "read" })),
  tells(
    "why a message was not delivered",
    status("undelivered", { ErrorCode: "30003" }),
    receipt({
      status: "failed",
      failure: { code: "30003", words: "The customer's phone cannot be reached." },
    }),
  ),
  tells(
    "a failure whose code is not known",
    status("failed", { ErrorCode: "39999" }),
    receipt({
      status: "failed",
      failure: { code: "39999", words: "Twilio could not deliver the message (39999)." },
    }),
  ),
  tells(
    "a failure without any code",
    status("failed"),
    receipt({ status: "failed", failure: { code: "failed" } }),
  ),
];

function files(...types: string[]): Record<string, string> {
  const pairs = types.flatMap((type, index) => [
    [`MediaUrl${index}`, media(index)],
    [`MediaContentType${index}`, type],
  ]);
  return { NumMedia: String(types.length), ...Object.fromEntries(pairs) };
}
