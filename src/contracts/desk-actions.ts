import { z } from "zod";
import { Word } from "./attributes.ts";
import { cannedProblem } from "./canned-words.ts";
import { AttributeName, AttributeValue } from "./contacts.ts";
import { Id, Moment, Text } from "./primitives.ts";

/** Words with variables, such as `{{customer.first_name|there}}` (see canned-words). */
export const CannedText = Text.transform((value) => value.trim())
  .pipe(z.string().min(1).max(4_000))
  .superRefine((value, context) => {
    const message = cannedProblem(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/** Who is to have a conversation: whoever asks, a colleague, a team, anybody who is free, or the AI. */
export const Assignee = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("me") }),
  z.object({ kind: z.literal("operator"), operatorId: Id }),
  z.object({ kind: z.literal("team"), teamId: Id }),
  z.object({ kind: z.literal("queue") }),
  z.object({ kind: z.literal("ai") }),
]);
export type Assignee = z.infer<typeof Assignee>;

const longestSnooze = 366 * 24 * 60;
const tags = z.array(Word).max(10).default([]);

const Reply = z.object({ kind: z.literal("reply"), text: CannedText });
const Note = z.object({ kind: z.literal("note"), text: CannedText });
const Tag = z
  .object({ kind: z.literal("tag"), add: tags, remove: tags })
  .refine(({ add, remove }) => add.length + remove.length > 0, "Name at least one tag.");
const Assign = z.object({
  kind: z.literal("assign"),
  to: Assignee,
  note: Text.pipe(z.string().max(2_000)).optional(),
});
const Snooze = z
  .object({
    kind: z.literal("snooze"),
    until: Moment.optional(),
    minutes: z.number().int().min(1).max(longestSnooze).optional(),
  })
  .refine(
    ({ until, minutes }) => (until === undefined) !== (minutes === undefined),
    "Say until when, or for how many minutes.",
  );
const Wake = z.object({ kind: z.literal("wake") });
const Resolve = z.object({ kind: z.literal("resolve") });
const SetAttribute = z.object({
  kind: z.literal("attribute"),
  name: AttributeName,
  /** `null` removes it. */
  value: AttributeValue.nullable(),
});
const MarkRead = z.object({ kind: z.literal("read") });
/** Opens again what was closed, with whoever had it. */
const Reopen = z.object({ kind: z.literal("reopen"), to: Assignee.optional() });

/** One step of a macro. */
export const MacroAction = z.discriminatedUnion("kind", [
  Reply,
  Note,
  Tag,
  Assign,
  Snooze,
  Resolve,
  SetAttribute,
]);
export type MacroAction = z.infer<typeof MacroAction>;

/** What can be done to many conversations at once, and undone. */
export const BulkAction = z.discriminatedUnion("kind", [
  Assign,
  Tag,
  Snooze,
  Wake,
  Resolve,
  MarkRead,
  Reopen,
]);
export type BulkAction = z.infer<typeof BulkAction>;

export type DeskAction = MacroAction | BulkAction;
