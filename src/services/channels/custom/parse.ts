import type { WebhookRequest } from "#channels/channel";
import { jsonOf, readAs } from "#channels/json";
import { fileKind } from "#channels/media";
import { cut } from "#channels/words";
import { type Incoming, Receipt, type RemoteFile } from "#contracts/channel";
import { type AttachmentData, EditData, Envelope, MessageData, ReceiptData } from "./payload.ts";

const kinds: Record<string, (data: unknown, at: Date) => Incoming[]> = {
  "message.created": (data, at) => [message(readAs(MessageData, data), at)],
  "message.updated": (data, at) => [edit(readAs(EditData, data), at)],
  "message.deleted": (data, at) => [edit({ ...readAs(EditData, data), content: undefined }, at)],
  "receipt.updated": (data, at) => receipt(readAs(ReceiptData, data), at),
};

/** Reads a delivery of the company's own system; types that it does not know say nothing. */
export function parse({ rawBody, now }: WebhookRequest): Incoming[] {
  const { type, timestamp, data } = readAs(Envelope, jsonOf(rawBody));
  const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  return read?.(data, momentOf(timestamp) ?? now) ?? [];
}

function momentOf(timestamp: string | null | undefined): Date | undefined {
  // What is no ISO 8601 is read as some date or other too: "17" is a day of the year 2001.
  if (!/^\d{4}-\d\d-\d\dT/.test(timestamp ?? "")) return undefined;
  const moment = new Date(timestamp ?? "");
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function message(data: MessageData, at: Date): Incoming {
  const attachments = (data.attachments ?? []).map(file);
  const content = data.content ?? "";
  if (content.trim() === "" && attachments.length === 0) {
    throw new Error("The message has neither content nor attachments.");
  }
  const conversation = data.thread ?? data.sender.id;
  return {
    kind: "message",
    externalId: data.id,
    thread: {
      key: conversation,
      kind: "direct",
      address: { conversation, recipient: data.sender.id },
    },
    senderId: data.sender.id,
    senderName: data.sender.name ?? undefined,
    content,
    contentType: data.contentType ?? attachments[0]?.type ?? "text",
    ...(attachments.length > 0 && { attachments }),
    timestamp: at,
    replyToId: data.replyToId ?? undefined,
    channelMetadata: data.metadata ?? undefined,
  };
}

function file({ url, type, name, mimeType, size }: AttachmentData): RemoteFile {
  return {
    type: type ?? fileKind(mimeType),
    name: name ?? undefined,
    mediaType: mimeType ?? undefined,
    size: size ?? undefined,
    locator: { url },
  };
}

function edit({ id, sender, thread, content }: EditData, at: Date): Incoming {
  const threadKey = thread ?? sender?.id;
  if (threadKey === undefined) throw new Error("The change names neither a thread nor a sender.");
  return { kind: "edit", externalId: id, threadKey, content: content ?? undefined, at };
}

function receipt({ id, status, thread, reason }: ReceiptData, at: Date): Incoming[] {
  const known = Receipt.shape.status.safeParse(status).data;
  if (known === undefined) return [];
  const words = cut(reason ?? "", 500) || "The receiver reported a failure.";
  const failure = known === "failed" ? { code: "receiver", words } : undefined;
  return [{ kind: "receipt", externalId: id, threadKey: thread ?? undefined, status: known, at, failure }];
}
