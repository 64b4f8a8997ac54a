import type { z } from "zod";
import type { TagList, TagsBody, TagsQuery } from "#contracts/desk-tools";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import type { Staff } from "#services/accounts";
import { writeAttributes } from "./attributes.ts";
import { findConversation, type Reader } from "./read.ts";
import type { ConversationRecord } from "./record.ts";

const mostTags = 30;

/** Adds tags to a conversation and removes others; what changes nothing is written nowhere. Throws `not_found`, and `invalid` for too many. */
export async function changeTags(
  who: Staff,
  conversationId: string,
  change: z.output<typeof TagsBody>,
  now = new Date(),
): Promise<ConversationRecord> {
  const conversation = await findConversation(who, conversationId);
  const { added, removed } = tagsThatChange(conversation.tags, change);
  if (added.length + removed.length === 0) return conversation;
  if (conversation.tags.length - removed.length + added.length > mostTags)
    throw new AppError("invalid", `A conversation has at most ${mostTags} tags.`);
  return writeAttributes(who, conversation, { addTags: added, removeTags: removed }, { now });
}

/** What a change of tags would really add and remove; what is to be both is removed. */
export function tagsThatChange(
  tags: string[],
  { add, remove }: { add: string[]; remove: string[] },
): { added: string[]; removed: string[] } {
  const added = new Set(add.filter((tag) => !tags.includes(tag) && !remove.includes(tag)));
  const removed = new Set(remove.filter((tag) => tags.includes(tag)));
  return { added: [...added], removed: [...removed] };
}

/** The tags that conversations carry, the most used first. */
export async function listTags(who: Reader, { query, limit }: z.output<typeof TagsQuery>): Promise<TagList> {
  const rows = await read<{ tag: string; count: number }>(
    who.companyId,
    `SELECT tag, sum(value)::int AS count FROM tag_count WHERE company_id = $1 AND starts_with(tag, $2)
     GROUP BY tag HAVING sum(value) > 0 ORDER BY count DESC, tag LIMIT $3`,
    [who.companyId, query, limit],
  );
  return { tags: rows };
}
