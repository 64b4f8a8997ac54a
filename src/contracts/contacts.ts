import { z } from "zod";
import { Language } from "./attributes.ts";
import { Id, Moment, Text } from "./primitives.ts";

export const ContactQuery = z.object({
  query: Text.pipe(z.string().trim().max(100)).default(""),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const ContactCard = z.object({
  id: Id,
  name: z.string(),
  email: z.string().optional(),
  channels: z.array(z.string()),
  lastSeenAt: Moment,
});
export type ContactCard = z.infer<typeof ContactCard>;

/** Contacts as an operator chooses among them. */
export const ContactList = z.object({ contacts: z.array(ContactCard) });

export const ContactPath = z.object({ contactId: Id });

/** The contact that stays; the one of the path goes up in it. */
export const MergeBody = z.object({ into: Id });

/** The name of a free attribute of a contact: a few words, such as `plan` or `Order number`. */
export const AttributeName = Text.transform((value) => value.trim()).pipe(
  z
    .string()
    .min(1)
    .max(40)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, "may hold letters, digits, spaces and . _ - only"),
);
export const AttributeValue = z.union([Text.pipe(z.string().max(500)), z.number(), z.boolean()]);

/** How many free attributes a contact has at most. */
export const mostContactAttributes = 50;

/** What is to change of a contact: what is not named stays, `null` removes. */
export const ContactAttributesBody = z
  .object({
    name: Text.pipe(z.string().trim().max(100)).optional(),
    email: z
      .email("is not an e-mail address")
      .max(320)
      .transform((value) => value.toLowerCase())
      .nullable()
      .optional(),
    language: Language.nullable().optional(),
    attributes: z
      .record(AttributeName, AttributeValue.nullable())
      .refine(
        (attributes) => Object.keys(attributes).length <= mostContactAttributes,
        `A contact has at most ${mostContactAttributes} attributes.`,
      )
      .optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), "Name what is to change.");

export const ContactAttributes = z.object({
  id: Id,
  /** As it was told; empty where it never was. */
  name: z.string(),
  email: z.string().optional(),
  language: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type ContactAttributes = z.infer<typeof ContactAttributes>;
