import { z } from "zod";
import { Language, TopicName, Word } from "./attributes.ts";
import { Author } from "./conversation.ts";
import { BulkAction, CannedText, MacroAction } from "./desk-actions.ts";
import { ConversationRow, ListFilters, View } from "./operator.ts";
import { ClientId, Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";

const label = (most: number) => Text.transform((value) => value.trim()).pipe(z.string().min(1).max(most));

/** Whose something is: everybody's in the company, or one operator's own. */
export const Visibility = z.enum(["shared", "personal"]);
export type Visibility = z.infer<typeof Visibility>;

/** The word after the slash that calls a canned response: `/refund`. */
export const ShortName = Text.transform((value) => value.trim().toLowerCase().replace(/^\//, "")).pipe(
  z
    .string()
    .min(1)
    .max(40)
    .regex(/^[\p{L}\p{N}_-]+$/u, "may hold letters, digits, _ and - only"),
);

export const CannedBody = z.object({
  name: ShortName,
  title: label(120),
  text: CannedText,
  visibility: Visibility.default("shared"),
  teamId: Id.optional(),
});
export const CannedResponse = z.object({
  id: Id,
  name: z.string(),
  title: z.string(),
  text: z.string(),
  visibility: Visibility,
  teamId: Id.optional(),
  /** Whoever asks may change and remove it. */
  mayChange: z.boolean(),
  /** How often it was used. */
  used: z.number().int().nonnegative(),
  updatedAt: Moment,
});
export type CannedResponse = z.infer<typeof CannedResponse>;

/** All that this operator can use; there are never more than a window can hold. */
export const CannedList = z.object({ responses: z.array(CannedResponse) });
export const CannedPath = z.object({ responseId: Id });

export const MacroBody = z.object({
  name: label(80),
  actions: z.array(MacroAction).min(1).max(10),
  visibility: Visibility.default("shared"),
  teamId: Id.optional(),
});
export const Macro = z.object({
  id: Id,
  name: z.string(),
  actions: z.array(MacroAction),
  visibility: Visibility,
  teamId: Id.optional(),
  mayChange: z.boolean(),
  used: z.number().int().nonnegative(),
  updatedAt: Moment,
});
export type Macro = z.infer<typeof Macro>;
export const MacroList = z.object({ macros: z.array(Macro) });
export const MacroPath = z.object({ macroId: Id });

/** Without a conversation the words are shown as they are written. */
export const MacroPreviewQuery = z.object({ conversationId: Id.optional() });
export const MacroRunBody = z.object({
  conversationId: Id,
  /** The same id twice sends its words once. */
  clientId: ClientId.max(80),
});

/** What a macro's steps would do, as sentences; a step with a problem would stop it there. */
export const MacroPreview = z.object({
  steps: z.array(
    z.object({
      sentence: z.string(),
      /** The words that would be sent or noted. */
      text: z.string().optional(),
      problem: z.string().optional(),
    }),
  ),
});
export type MacroPreview = z.infer<typeof MacroPreview>;

/** What a macro did: all of it, or everything before the step that could not be done. */
export const MacroRun = z.object({
  steps: z.array(
    z.object({
      sentence: z.string(),
      outcome: z.enum(["done", "failed", "skipped"]),
      /** Why it could not be done. */
      problem: z.string().optional(),
      /** What takes it back, for `/api/agent/bulk`; absent where nothing does. */
      undo: BulkAction.optional(),
    }),
  ),
  row: ConversationRow,
});
export type MacroRun = z.infer<typeof MacroRun>;

/** The same for many conversations, or for each its own, as undoing needs. */
export const BulkBody = z.object({
  changes: z
    .array(z.object({ conversationId: Id, action: BulkAction }))
    .min(1)
    .max(100)
    .refine(
      (changes) => new Set(changes.map(({ conversationId }) => conversationId)).size === changes.length,
      "Name each conversation once.",
    ),
});
export const BulkAnswer = z.object({
  outcomes: z.array(
    z.object({
      conversationId: Id,
      outcome: z.enum(["done", "failed"]),
      /** Why it could not be done. */
      problem: z.string().optional(),
      /** What takes it back; absent where nothing changed or nothing can. */
      undo: BulkAction.optional(),
      row: ConversationRow.optional(),
    }),
  ),
});
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const SnoozeBody = z.object({ until: Moment });

export const TagsBody = z
  .object({ add: z.array(Word).max(20).default([]), remove: z.array(Word).max(20).default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, "Name at least one tag.");

export const TagsQuery = z.object({
  /** Tags that begin with this. */
  query: Text.pipe(z.string().trim().toLowerCase().max(40)).default(""),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
/** The tags in use, the most used first. */
export const TagList = z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number().int() })) });
export type TagList = z.infer<typeof TagList>;

/** What is known of a conversation besides its words, as far as a person sets it; `null` for none. */
export const AttributesBody = z
  .object({
    topic: TopicName.optional(),
    teamId: Id.nullable().optional(),
    skills: z.array(Word).max(20).optional(),
    language: Language.nullable().optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), "Name what is to change.");

export const WhisperBody = z.object({ clientId: ClientId, text: MessageText });

export const MentionsQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});
export const MentionView = z.object({
  messageId: Id,
  conversationId: Id,
  seq: z.number().int().positive(),
  customer: z.object({ id: Id, name: z.string() }),
  author: Author,
  text: z.string(),
  createdAt: Moment,
  readAt: Moment.optional(),
});
export type MentionView = z.infer<typeof MentionView>;
/** The notes that name the operator, newest first. `unread` counts to 100 at most. */
export const MentionPage = z.object({
  mentions: z.array(MentionView),
  unread: z.number().int(),
  next: z.string().optional(),
});
export type MentionPage = z.infer<typeof MentionPage>;
/** Marks those of one conversation as read, or all. */
export const MentionsReadBody = z.object({ conversationId: Id.optional() });

/** Conversations of the same customer besides this one, newest first. */
export const PastQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export const PastPage = z.object({ rows: z.array(ConversationRow), next: z.string().optional() });
export type PastPage = z.infer<typeof PastPage>;

export const ViewBody = z.object({
  name: label(60),
  visibility: Visibility.default("personal"),
  // A filter that is not known would show more than was meant.
  filters: ListFilters.extend({ view: View.default("all") }).strict(),
});
export const SavedView = z.object({
  id: Id,
  name: z.string(),
  visibility: Visibility,
  mayChange: z.boolean(),
  filters: ListFilters.extend({ view: View }),
  /** How many conversations it holds, where that is known without counting. */
  count: z.number().int().nonnegative().optional(),
});
export type SavedView = z.infer<typeof SavedView>;
export const SavedViewList = z.object({ views: z.array(SavedView) });
export const ViewPath = z.object({ viewId: Id });
