import { z } from "zod";
import { FileName, Id, Name, Seconds } from "#channels/values";

// Meta, "WhatsApp webhooks reference: messages". Loose throughout: Meta adds fields at any time.

const Metadata = z.looseObject({ phone_number_id: Id });

/** What a delivery tells of whom it is for. */
export const Accounts = z.looseObject({
  entry: z.array(
    z.looseObject({
      id: Id,
      changes: z
        .array(z.looseObject({ value: z.looseObject({ metadata: Metadata.optional() }).optional() }))
        .default([]),
    }),
  ),
});

/** A delivery; the value of a change is read by its field. */
export const Delivery = z.looseObject({
  entry: z.array(
    z.looseObject({
      id: Id,
      changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })).default([]),
    }),
  ),
});

/** What a delivery tells of a person beside the message. */
export const Contact = z.looseObject({
  profile: z.looseObject({ name: Name.optional(), username: Name.optional() }).optional(),
  wa_id: Id.optional(),
  user_id: Id.optional(),
  parent_user_id: Id.optional(),
});

/** The same, read. */
export type Contact = z.output<typeof Contact>;

const Media = z.looseObject({
  id: Id,
  mime_type: z.string().optional(),
  sha256: z.string().optional(),
  caption: z.string().optional(),
  filename: FileName.optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
});

/** A file that lies with WhatsApp. */
export type Media = z.output<typeof Media>;

const Card = z.looseObject({
  name: z.looseObject({ formatted_name: z.string().optional() }).optional(),
  phones: z.array(z.looseObject({ phone: z.string().optional() })).default([]),
  org: z.looseObject({ company: z.string().optional() }).optional(),
});

const Choice = z.looseObject({
  id: z.string().optional(),
  title: z.string(),
  description: z.string().optional(),
});

const Product = z.looseObject({
  product_retailer_id: Id,
  quantity: z.coerce.number(),
  item_price: z.coerce.number().optional(),
  currency: z.string().optional(),
});

/** The part of a message that says something, by its `type`. */
export const Body = z.looseObject({
  type: z.string(),
  text: z.looseObject({ body: z.string() }).optional(),
  image: Media.optional(),
  video: Media.optional(),
  audio: Media.optional(),
  document: Media.optional(),
  sticker: Media.optional(),
  location: z
    .looseObject({
      latitude: z.number(),
      longitude: z.number(),
      name: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  contacts: z.array(Card).optional(),
  button: z.looseObject({ text: z.string(), payload: z.string().optional() }).optional(),
  interactive: z
    .looseObject({
      button_reply: Choice.optional(),
      list_reply: Choice.optional(),
      nfm_reply: z
        .looseObject({
          name: z.string().optional(),
          body: z.string().optional(),
          response_json: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  order: z
    .looseObject({
      catalog_id: Id.optional(),
      text: z.string().optional(),
      product_items: z.array(Product).default([]),
    })
    .optional(),
  unsupported: z.looseObject({ type: z.string().optional() }).optional(),
  errors: z.array(z.looseObject({ code: z.number() })).optional(),
});

/** The same, read. */
export type Body = z.output<typeof Body>;

/** A message, or what happened to one, with who it is from or to. */
export const Fact = Body.extend({
  id: Id,
  timestamp: Seconds,
  group_id: Id.optional(),
  context: z
    .looseObject({
      id: Id.optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
      referred_product: z.looseObject({}).optional(),
    })
    .optional(),
  referral: z.looseObject({}).optional(),
  reaction: z.looseObject({ message_id: Id, emoji: z.string().optional() }).optional(),
  edit: z.looseObject({ original_message_id: Id, message: Body }).optional(),
  revoke: z.looseObject({ original_message_id: Id }).optional(),
  system: z
    .looseObject({
      type: z.string().optional(),
      wa_id: Id.optional(),
      user_id: Id.optional(),
      previous_user_id: Id.optional(),
    })
    .optional(),
  from: Id.optional(),
  from_user_id: Id.optional(),
  from_parent_user_id: Id.optional(),
  to: Id.optional(),
  to_user_id: Id.optional(),
  to_parent_user_id: Id.optional(),
});

/** The same, read. */
export type Fact = z.output<typeof Fact>;

/** How far a message of ours came. */
export const Status = z.looseObject({
  id: Id,
  status: z.string(),
  timestamp: Seconds,
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.looseObject({ code: z.number() })).optional(),
});

/** The same, read. */
export type Status = z.output<typeof Status>;

const several = z.array(z.unknown()).default([]);

/** The value of a change in the fields `messages` and `smb_message_echoes`, whose parts are read each by itself. */
export const Value = z.looseObject({
  metadata: Metadata,
  // A message can be read without a card that cannot.
  contacts: several.transform((cards) =>
    cards.map((card) => Contact.safeParse(card).data).filter((card) => card !== undefined),
  ),
  messages: several,
  message_echoes: several,
  statuses: several,
});

/** The same, read. */
export type Value = z.output<typeof Value>;
