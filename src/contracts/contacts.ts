import { z } from "zod";
import { Id, Moment, Text } from "./primitives.ts";

export const ContactQuery = z.object({
  query: Text.pipe(z.string().trim().max(100)).default(""),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** Contacts as an operator chooses among them. */
export const ContactList = z.object({
  contacts: z.array(
    z.object({
      id: Id,
      name: z.string(),
      email: z.string().optional(),
      channels: z.array(z.string()),
      lastSeenAt: Moment,
    }),
  ),
});

export const ContactPath = z.object({ contactId: Id });

/** The contact that stays; the one of the path goes up in it. */
export const MergeBody = z.object({ into: Id });
