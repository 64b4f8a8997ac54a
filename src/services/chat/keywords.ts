import type { Keyword } from "#contracts/channel";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { OpenConnection } from "#services/connections";
import { append, type ConversationRecord, customerName, type NewMessage } from "#services/conversations";
import type { Words } from "./message-handler.ts";
import type { ThreadRecord } from "./threads.ts";

type Said = Words & { external: NonNullable<Words["external"]> };

/**
 * Keeps a word that carriers give a meaning, and does what it asks: whoever sends STOP is sent nothing before they send
 * START. The agent does not answer it; the company's own answer leaves once. False where it is an ordinary word.
 */
export async function tookKeyword(
  connection: OpenConnection,
  { thread, conversation }: { thread: ThreadRecord; conversation: ConversationRecord },
  keyword: Keyword | undefined,
  said: Said,
  now: Date,
): Promise<boolean> {
  if (keyword === undefined) return false;
  const { means, whenStopped = false, reply } = keyword;
  const stopped = thread.optedOutAt !== undefined;
  if (whenStopped && !stopped) return false;
  if (means !== "help") await optOut(connection, thread, means === "stop" ? now : null);
  const id = newId(now.getTime());
  const customer = { id: conversation.contactId, name: conversation.contactName };
  const { text, attachments, external } = said;
  const words: NewMessage = {
    id,
    author: { kind: "customer", id: customer.id, name: customerName(customer) },
    text,
    ...(attachments.length > 0 && { attachments }),
  };
  await append(conversation, {
    now,
    external: { ...external, messageId: id },
    messages: [
      words,
      { author: { kind: "system" }, text: lines[means], audience: "operators" },
      ...(reply === undefined || stopped ? [] : [{ author: { kind: "system" as const }, text: reply }]),
    ],
  });
  return true;
}

const lines: Record<Keyword["means"], string> = {
  stop: "The customer opted out: no message reaches them before they send START.",
  start: "The customer opted in again: messages reach them.",
  help: "The customer asked for HELP, which was answered automatically.",
};

async function optOut(
  { companyId }: OpenConnection,
  { id }: ThreadRecord,
  optedOutAt: Date | null,
): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.thread.updateMany({ where: { id, companyId }, data: { optedOutAt } }),
  );
}
