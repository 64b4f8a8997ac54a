import { z } from "zod";
import { ContactCard } from "./contacts.ts";
import { Author } from "./conversation.ts";
import { ConversationRow, ListFilters } from "./operator.ts";
import { Cursor, Id, Moment, Text } from "./primitives.ts";

export const SearchQuery = ListFilters.extend({
  /** Words that must all stand in it; the last one may be only begun. Without words nothing is found. */
  q: Text.pipe(z.string().trim().max(200)).default(""),
  kind: z.enum(["conversations", "contacts"]).default("conversations"),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** A piece of a text that was looked for: UTF-16 offsets, the end not included. */
export const Mark = z.object({ start: z.number().int().nonnegative(), end: z.number().int().positive() });
export type Mark = z.infer<typeof Mark>;

const Marked = z.object({ text: z.string(), marks: z.array(Mark) });
export type Marked = z.infer<typeof Marked>;

/** A conversation that was found, with the newest message in which a word stands; absent where only the customer matches. */
export const ConversationHit = z.object({
  row: ConversationRow,
  name: Marked,
  message: z
    .object({
      id: Id,
      seq: z.number().int().positive(),
      author: Author,
      audience: z.enum(["all", "operators"]),
      excerpt: Marked,
      createdAt: Moment,
    })
    .optional(),
});
export type ConversationHit = z.infer<typeof ConversationHit>;

export const ContactHit = z.object({ contact: ContactCard, name: Marked, email: Marked.optional() });
export type ContactHit = z.infer<typeof ContactHit>;

/** One page of what was found: exact words before begun ones, then the newest first. A page may be short and still have a next. */
export const SearchPage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("conversations"),
    hits: z.array(ConversationHit),
    next: z.string().optional(),
  }),
  z.object({ kind: z.literal("contacts"), hits: z.array(ContactHit), next: z.string().optional() }),
]);
export type SearchPage = z.infer<typeof SearchPage>;
