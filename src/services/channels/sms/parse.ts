import type { WebhookRequest } from "#channels/channel";
import { readAs } from "#channels/json";
import { fileKind } from "#channels/media";
import type { Incoming, Receipt, RemoteFile, Thread, UnifiedMessage } from "#contracts/channel";
import { wordsOf } from "./failures.ts";
import { keywordOf } from "./keyword.ts";
import { IncomingSms, type Parameters, parametersOf, StatusCallback } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** Reads a customer's message, or how far one of ours came. */
export function parse(request: WebhookRequest, settings: Pick<Settings, "helpText">): Incoming[] {
  const parameters = parametersOf(request);
  if (parameters.MessageStatus !== undefined) {
    return receiptsOf(readAs(StatusCallback, parameters), request.now);
  }
  const message = readAs(IncomingSms, parameters);
  return [{ ...messageOf(message, parameters, request), keyword: keywordOf(message, settings) }];
}

function messageOf(
  message: IncomingSms,
  parameters: Parameters,
  { url, now }: WebhookRequest,
): UnifiedMessage {
  const attachments = filesOf(message, parameters);
  const [first] = attachments;
  return {
    kind: "message",
    externalId: message.MessageSid,
    thread: threadOf(message, url),
    senderId: message.From,
    senderName: message.ProfileName,
    content: message.Body === "" && first === undefined ? "(empty message)" : message.Body,
    contentType: first?.type ?? "text",
    attachments: first && attachments,
    // Twilio does not tell when it was written.
    timestamp: now,
    replyToId: message.OriginalRepliedMessageSid,
    channelMetadata: {
      to: message.To,
      segments: message.NumSegments,
      button: message.ButtonPayload,
      city: message.FromCity,
      state: message.FromState,
      country: message.FromCountry,
      optOut: message.OptOutType,
    },
  };
}

// Answers tell how far they came at the address that this message came to.
function threadOf({ From }: IncomingSms, { origin, pathname, protocol }: URL): Thread {
  const address: Thread["address"] = { to: From };
  // Twilio calls no other address back.
  if (protocol === "https:") {
    address.statusCallback = `${origin}${pathname.replace(/\/sms\/incoming$/, "/sms/status")}`;
  }
  return { key: From, kind: "direct", address };
}

function filesOf({ NumMedia }: IncomingSms, parameters: Parameters): RemoteFile[] {
  return Array.from({ length: NumMedia }).flatMap((_, index) => {
    const url = parameters[`MediaUrl${index}`];
    if (url === undefined) return [];
    const mediaType = parameters[`MediaContentType${index}`];
    return [{ type: fileKind(mediaType), mediaType, locator: { url } }];
  });
}

// Steps within Twilio (accepted, queued, sending, …) tell a reader nothing.
const statuses: Record<string, Receipt["status"]> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  undelivered: "failed",
  failed: "failed",
  canceled: "failed",
};

function receiptsOf(
  { MessageSid, MessageStatus, To, ErrorCode = MessageStatus }: StatusCallback,
  at: Date,
): Receipt[] {
  const status = statuses[MessageStatus];
  if (status === undefined) return [];
  const failure = status === "failed" ? { code: ErrorCode, words: wordsOf(ErrorCode) } : undefined;
  return [{ kind: "receipt", externalId: MessageSid, threadKey: To, status, at, failure }];
}
