import { z } from "zod";
import { ClientId, Id, Moment, Text } from "./primitives.ts";

/** Which of the composer's words: to the customer, to colleagues, or to the operator who is observed. */
export const DraftKind = z.enum(["reply", "note", "whisper"]);
export type DraftKind = z.infer<typeof DraftKind>;

/** Words that an operator has begun and not sent. */
export const Draft = z.object({ kind: DraftKind, text: z.string(), updatedAt: Moment });
export type Draft = z.infer<typeof Draft>;

export const DraftBody = z.object({
  kind: DraftKind.default("reply"),
  /** Empty words remove the draft. */
  text: Text.pipe(z.string().max(8_000)),
  /** The id under which the words will be sent: a draft that comes after them is not kept. */
  clientId: ClientId.optional(),
});

export const ConversationDrafts = z.object({ drafts: z.array(Draft) });

export const DraftsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(200) });

/** All drafts of the operator, the newest first. */
export const DraftList = z.object({ drafts: z.array(Draft.extend({ conversationId: Id })) });
export type DraftList = z.infer<typeof DraftList>;
