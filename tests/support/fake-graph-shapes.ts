import { z } from "zod";

const Label = z.string().min(1).max(20);
const Media = z.strictObject({ id: z.string() });
const Captioned = Media.extend({ caption: z.string().min(1).max(1_024).optional() });

/** What WhatsApp takes as a message (Meta, "WhatsApp Cloud API: messages"). */
export const WhatsAppMessage = z
  .strictObject({
    messaging_product: z.literal("whatsapp"),
    recipient_type: z.enum(["individual", "group"]),
    to: z.string().optional(),
    recipient: z
      .string()
      .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
      .optional(),
    context: z.strictObject({ message_id: z.string().startsWith("wamid.") }).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
    type: z.enum(["text", "interactive", "template", "image", "video", "audio", "document"]),
    text: z.strictObject({ body: z.string().min(1).max(4_096) }).optional(),
    image: Captioned.optional(),
    video: Captioned.optional(),
    audio: Media.optional(),
    document: Captioned.extend({ filename: z.string().min(1) }).optional(),
    interactive: z
      .discriminatedUnion("type", [
        z.strictObject({
          type: z.literal("button"),
          body: z.strictObject({ text: z.string().min(1).max(1_024) }),
          action: z.strictObject({
            buttons: z
              .array(
                z.strictObject({
                  type: z.literal("reply"),
                  reply: z.strictObject({ id: z.string().max(256), title: Label }),
                }),
              )
              .min(1)
              .max(3),
          }),
        }),
        z.strictObject({
          type: z.literal("list"),
          body: z.strictObject({ text: z.string().min(1).max(4_096) }),
          action: z.strictObject({
            button: Label,
            sections: z.tuple([
              z.strictObject({
                rows: z
                  .array(z.strictObject({ id: z.string().max(200), title: z.string().max(24) }))
                  .min(1)
                  .max(10),
              }),
            ]),
          }),
        }),
      ])
      .optional(),
    template: z
      .strictObject({
        name: z.string(),
        language: z.strictObject({ code: z.string().regex(/^[a-z]{2}(_[A-Z]{2})?$/) }),
        components: z
          .array(
            z.strictObject({
              type: z.literal("body"),
              parameters: z
                .array(
                  z.strictObject({
                    type: z.literal("text"),
                    parameter_name: z.string().min(1).optional(),
                    text: z.string().min(1),
                  }),
                )
                .min(1),
            }),
          )
          .optional(),
      })
      .optional(),
  })
  .refine((message) => message[message.type] !== undefined, "The body named by `type` is missing.")
  .refine(({ to, recipient }) => (to === undefined) !== (recipient === undefined), "One recipient.")
  .refine(
    ({ recipient_type, to = "15550001" }) => recipient_type === "group" || /^\d{6,15}$/.test(to),
    "A number is digits.",
  );

/** What WhatsApp takes as the question for an account's templates (Meta, "Template management"). */
export const TemplatesQuery = z.strictObject({
  status: z.enum(["APPROVED", "PENDING", "REJECTED"]).optional(),
  fields: z.string().regex(/^[a-z_]+(,[a-z_]+)*$/),
  limit: z.coerce.number().int().min(1).max(100),
  after: z.string().optional(),
});

/** What WhatsApp takes as a mark of reading or typing. */
export const Mark = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string().startsWith("wamid."),
  typing_indicator: z.strictObject({ type: z.literal("text") }).optional(),
});

/** What WhatsApp takes as a file. */
export const WhatsAppUpload = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  type: z.string().includes("/"),
  file: z.instanceof(File),
});

/** What WhatsApp takes as the address to deliver to. */
export const Override = z.strictObject({
  webhook_configuration: z.strictObject({
    override_callback_uri: z.url({ protocol: /^https$/ }).max(200),
    verify_token: z.string(),
  }),
});

const Recipient = z.strictObject({ id: z.string().min(1) });
const Metadata = z.string().max(1_000);

const Purpose = {
  messaging_type: z.enum(["RESPONSE", "MESSAGE_TAG"]),
  tag: z.literal("HUMAN_AGENT").optional(),
};

/** What Messenger takes as words (Meta, "Messenger Platform: Send API"). */
export const PageText = z
  .strictObject({
    ...Purpose,
    recipient: Recipient,
    reply_to: z.strictObject({ mid: z.string() }).optional(),
    message: z.strictObject({
      text: z.string().min(1).max(2_000),
      metadata: Metadata,
      quick_replies: z
        .array(
          z.strictObject({
            content_type: z.literal("text"),
            title: Label,
            payload: z.string().max(1_000),
          }),
        )
        .min(1)
        .max(13)
        .optional(),
    }),
  })
  .refine(({ messaging_type, tag }) => (messaging_type === "MESSAGE_TAG") === (tag !== undefined));

const inJson = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(schema);

/** What Messenger takes as a file with its bytes. */
export const PageFile = z.strictObject({
  ...Purpose,
  recipient: inJson(Recipient),
  reply_to: inJson(z.strictObject({ mid: z.string() })).optional(),
  message: inJson(
    z.strictObject({
      attachment: z.strictObject({
        type: z.enum(["image", "audio", "video", "file"]),
        payload: z.strictObject({}),
      }),
      metadata: Metadata,
    }),
  ),
  filedata: z.instanceof(File),
});

/** What Messenger takes as a sign of reading or typing. */
export const SenderAction = z.strictObject({
  recipient: Recipient,
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen"]),
});
