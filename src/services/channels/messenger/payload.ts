import { z } from "zod";
import { Id, Milliseconds } from "#channels/values";

// Meta, "Messenger Platform: webhook events". Loose throughout: Meta adds fields at any time.

/** What a delivery tells of whom it is for. */
export const Accounts = z.looseObject({ entry: z.array(z.looseObject({ id: Id })) });

const Attachment = z.looseObject({
  type: z.string(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  payload: z
    .looseObject({
      url: z.string().nullish(),
      title: z.string().nullish(),
      sticker_id: Id.nullish(),
      coordinates: z.looseObject({ lat: z.number(), long: z.number() }).nullish(),
    })
    .nullish(),
});

/** What hangs on a message: a file, a place, something shared. */
export type Attachment = z.output<typeof Attachment>;

const Message = z.looseObject({
  mid: Id,
  text: z.string().optional(),
  attachments: z.array(Attachment).default([]),
  quick_reply: z.looseObject({ payload: z.string().optional() }).optional(),
  reply_to: z.looseObject({ mid: Id.optional() }).optional(),
  referral: z.looseObject({}).optional(),
  is_echo: z.boolean().optional(),
  app_id: Id.optional(),
  metadata: z.string().optional(),
});

/** What was written, by a customer or, as an echo, by the Page. */
export type Message = z.output<typeof Message>;

const Party = z.looseObject({ id: Id }).optional();

/** One thing that happened between a customer and the Page. */
export const Event = z.looseObject({
  sender: Party,
  recipient: Party,
  timestamp: Milliseconds.optional(),
  message: Message.optional(),
  postback: z
    .looseObject({
      mid: Id.optional(),
      title: z.string().optional(),
      payload: z.string().optional(),
      referral: z.looseObject({}).optional(),
    })
    .optional(),
  reaction: z
    .looseObject({
      mid: Id,
      action: z.string(),
      emoji: z.string().optional(),
      reaction: z.string().optional(),
    })
    .optional(),
  message_edit: z.looseObject({ mid: Id, text: z.string() }).optional(),
  delivery: z.looseObject({ mids: z.array(Id).default([]), watermark: Milliseconds.optional() }).optional(),
  read: z.looseObject({ watermark: Milliseconds }).optional(),
  referral: z.looseObject({}).optional(),
});

/** The same, read. */
export type Event = z.output<typeof Event>;

/** A delivery, whose events are read each by itself; `standby` is not named: there another app has the word, and we stay silent. */
export const Delivery = z.looseObject({
  entry: z.array(
    z.looseObject({ id: Id, time: Milliseconds.optional(), messaging: z.array(z.unknown()).default([]) }),
  ),
});
