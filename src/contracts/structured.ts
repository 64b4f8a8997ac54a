import { z } from "zod";
import { Id, Text } from "./primitives.ts";

const label = (most: number) => Text.pipe(z.string().trim().min(1).max(most));
const key = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, "may hold letters, digits, _ and -");
const address = z.url({ protocol: /^https?$/ }).max(2_000);

export const Choice = z.object({ id: key, label: label(80) });
export type Choice = z.infer<typeof Choice>;

/** Answers that the customer can press; one of them is the answer. */
export const Choices = z.object({
  kind: z.literal("choices"),
  choices: z.array(Choice).min(1).max(10).refine(areUnique, "must not name one id twice"),
});
export type Choices = z.infer<typeof Choices>;

export const CardAction = z.union([
  z.object({ label: label(80), url: address }),
  /** Says these words for the customer. */
  z.object({ label: label(80), reply: label(200) }),
]);
export type CardAction = z.infer<typeof CardAction>;

/** No picture: a window loads none from an origin that is not ours. */
export const Card = z.object({
  title: label(120),
  text: Text.pipe(z.string().trim().max(1_000)).optional(),
  actions: z.array(CardAction).max(4).default([]),
});
export type Card = z.infer<typeof Card>;

export const Cards = z.object({ kind: z.literal("cards"), cards: z.array(Card).min(1).max(10) });
export type Cards = z.infer<typeof Cards>;

export const FormField = z
  .object({
    id: key,
    label: label(120),
    type: z.enum(["text", "long_text", "email", "phone", "number", "date", "choice"]),
    required: z.boolean().default(false),
    choices: z.array(Choice).min(1).max(30).refine(areUnique, "must not name one id twice").optional(),
    hint: label(200).optional(),
  })
  .refine(({ type, choices }) => (type === "choice") === (choices !== undefined), {
    path: ["choices"],
    message: "belong to a field of type choice, and to no other",
  });
export type FormField = z.infer<typeof FormField>;

export const Form = z.object({
  kind: z.literal("form"),
  title: label(120).optional(),
  fields: z.array(FormField).min(1).max(12).refine(areUnique, "must not name one id twice"),
  submit: label(40).optional(),
});
export type Form = z.infer<typeof Form>;

/** What a message of ours may carry for its customer to see, press or fill in. */
export const Offering = z.discriminatedUnion("kind", [Choices, Cards, Form]);
export type Offering = z.infer<typeof Offering>;

export const AnswerValues = z
  .record(key, z.union([Text.pipe(z.string().max(2_000)), z.number()]))
  .refine((values) => Object.keys(values).length <= 12, "holds more than a form can ask");
export type AnswerValues = z.infer<typeof AnswerValues>;

/**
 * A customer's answer to choices (`{ choice: <id> }`) or to a form (a value a field): it is in the log like any other
 * message.
 */
export const StructuredAnswer = z.object({ kind: z.literal("answer"), to: Id, values: AnswerValues });
export type StructuredAnswer = z.infer<typeof StructuredAnswer>;

/** What somebody who watches says to the operator alone. */
export const Whisper = z.object({ kind: z.literal("whisper") });

/** A note that names colleagues. */
export const Mention = z.object({ kind: z.literal("mention"), operators: z.array(z.string()).max(20) });

/** Words of a phone call, as the voice agent's platform wrote them down. */
export const Spoken = z.object({ kind: z.literal("spoken"), callId: Id });

/** What a message carries beside its text; the text says the same for windows and platforms that show text alone. */
export const MessageData = z.discriminatedUnion("kind", [
  Choices,
  Cards,
  Form,
  StructuredAnswer,
  Whisper,
  Mention,
  Spoken,
]);
export type MessageData = z.infer<typeof MessageData>;

function areUnique(things: { id: string }[]): boolean {
  return new Set(things.map(({ id }) => id)).size === things.length;
}
