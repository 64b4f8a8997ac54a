import { z } from "zod";
import { GraphId, Milliseconds, Words } from "#channels/meta/values";

// Meta, "Messenger Platform: webhook events". Loose throughout: Meta adds fields at any time.

/** What a delivery tells of whom it is for. */
export const Accounts = z.looseObject({ entry: z.array(z.looseObject({ id: GraphId })) });

const Attachment = z.looseObject({
  type: z.string(),
  title: Words.nullish(),
  url: z.string().nullish(),
  payload: z
    .looseObject({
      url: z.string().nullish(),
      title: Words.nullish(),
      sticker_id: GraphId.nullish(),
      coordinates: z.looseObject({ lat: z.number(), long: z.number() }).nullish(),
    })
    .nullish(),
});

/** What hangs on a message: a file, a place, something shared. */
export type Attachment = z.output<typeof Attachment>;

const Message = z.looseObject({
  mid: GraphId,
  text: Words.optional(),
  attachments: z.array(Attachment).default([]),
  quick_reply: z.looseObject({ payload: Words.optional() }).optional(),
  reply_to: z.looseObject({ mid: GraphId.optional() }).optional(),
  referral: z.looseObject({}).optional(),
  is_echo: z.boolean().optional(),
  app_id: GraphId.optional(),
  metadata: z.string().optional(),
});

/** What was written, by a customer or, as an echo, by the Page. */
export type Message = z.output<typeof Message>;

const Party = z.looseObject({ id: GraphId }).optional();

const Event = z.looseObject({
  sender: Party,
  recipient: Party,
  timestamp: Milliseconds.optional(),
  message: Message.optional(),
  postback: z
    .looseObject({
      mid: GraphId.optional(),
      title: Words.optional(),
      payload: Words.optional(),
      referral: z.looseObject({}).optional(),
    })
    .optional(),
  reaction: z
    .looseObject({
      mid: GraphId,
      action: z.string(),
      emoji: Words.optional(),
      reaction: z.string().optional(),
    })
    .optional(),
  message_edit: z.looseObject({ mid: GraphId, text: Words }).optional(),
  delivery: z
    .looseObject({ mids: z.array(GraphId).default([]), watermark: Milliseconds.optional() })
    .optional(),
  read: z.looseObject({ watermark: Milliseconds }).optional(),
  referral: z.looseObject({}).optional(),
});

/** One thing that happened between a customer and the Page. */
export type Event = z.output<typeof Event>;

/** A delivery; `standby` is not named: there another app has the word, and we stay silent. */
export const Delivery = z.looseObject({
  entry: z.array(
    z.looseObject({ id: GraphId, time: Milliseconds.optional(), messaging: z.array(Event).default([]) }),
  ),
});
