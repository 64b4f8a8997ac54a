import { z } from "zod";
import { FileName, Name } from "#channels/values";
import { ContentType } from "#contracts/channel";

/** An id of their system: a number is as good as a text. */
export const Id = z.union([z.string().min(1).max(512), z.number()]).transform(String);

const Sender = z.looseObject({ id: Id, name: Name.nullish() });

const AttachmentData = z.looseObject({
  url: z.url({ protocol: /^https?$/ }).max(4_096),
  type: ContentType.exclude(["text"]).optional().catch(undefined),
  name: FileName.nullish(),
  mimeType: z.string().max(255).nullish(),
  size: z.number().int().nonnegative().nullish(),
});

/** A file, by the public address where it lies. */
export type AttachmentData = z.output<typeof AttachmentData>;

/** What a customer wrote. */
export const MessageData = z.looseObject({
  id: Id,
  sender: Sender,
  thread: Id.nullish(),
  content: z.string().max(40_000).nullish(),
  contentType: ContentType.optional().catch(undefined),
  attachments: z.array(AttachmentData).max(20).nullish(),
  replyToId: Id.nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
export type MessageData = z.output<typeof MessageData>;

/** A message that was changed or taken back. */
export const EditData = z.looseObject({
  id: Id,
  sender: Sender.nullish(),
  thread: Id.nullish(),
  content: z.string().max(40_000).nullish(),
});
export type EditData = z.output<typeof EditData>;

/** How far a message of ours came. */
export const ReceiptData = z.looseObject({
  id: Id,
  status: z.string(),
  thread: Id.nullish(),
  reason: z.string().nullish(),
});
export type ReceiptData = z.output<typeof ReceiptData>;

/** The frame of every delivery (Standard Webhooks 1.0.0, "Payload structure"). */
export const Envelope = z.looseObject({
  type: z.string(),
  timestamp: z.string().nullish(),
  data: z.unknown(),
});
