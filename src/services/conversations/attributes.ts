import type { z } from "zod";
import type { AttributesBody } from "#contracts/desk-tools";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import type { Staff } from "#services/accounts";
import type { Append, AttributesChange, Change } from "./command.ts";
import { append } from "./log.ts";
import { findConversation } from "./read.ts";
import type { ConversationRecord } from "./record.ts";

/** Sets what a person knows of a conversation besides its words. Throws `not_found`, also for another company's team. */
export async function setAttributes(
  who: Staff,
  conversationId: string,
  change: z.output<typeof AttributesBody>,
  now = new Date(),
): Promise<ConversationRecord> {
  const { teamId } = change;
  const [conversation] = await Promise.all([
    findConversation(who, conversationId),
    teamId === undefined || teamId === null ? undefined : findTeam(who.companyId, teamId),
  ]);
  return writeAttributes(who, conversation, change, { now });
}

/** Writes a change of attributes into the log. Throws `conflict` where a guard no longer holds. */
export async function writeAttributes(
  who: Staff | undefined,
  conversation: ConversationRecord,
  attributes: AttributesChange,
  more: Pick<Append, "now" | "guard" | "jobs">,
): Promise<ConversationRecord> {
  const appended = await append(conversation, { ...more, attributes, by: who && changerOf(who) });
  if (appended.outcome === "conflict")
    throw new AppError("conflict", "This conversation has just changed: look at it again.");
  return appended.conversation;
}

async function findTeam(companyId: string, teamId: string): Promise<void> {
  const found = await read(companyId, "SELECT 1 FROM team WHERE company_id = $1 AND id = $2", [
    companyId,
    teamId,
  ]);
  if (found.length === 0) throw new AppError("not_found", "This team does not exist.");
}

function changerOf(who: Staff): Change["by"] {
  return who.kind === "operator"
    ? { kind: "operator", id: who.userId, name: who.name }
    : { kind: "key", id: who.keyId, name: who.name };
}
