import { AppError, isAppError } from "#lib/errors";
import type { Staff } from "#services/accounts";
import { writeAttributes } from "./attributes.ts";
import { findConversation } from "./read.ts";
import type { ConversationRecord } from "./record.ts";

const longest = 366 * 24 * 60 * 60_000;

export type WakeJob = { companyId: string; conversationId: string; until: string };

/**
 * Puts a conversation aside until a moment, or until its customer writes; it comes back by itself. Throws `invalid` for a
 * moment that is past or too far, and `conflict` where no person is to answer.
 */
export async function snooze(
  who: Staff,
  conversationId: string,
  until: Date,
  now = new Date(),
): Promise<ConversationRecord> {
  if (until <= now) throw new AppError("invalid", "Choose a moment that is still to come.");
  if (until.getTime() - now.getTime() > longest)
    throw new AppError("invalid", "A conversation can be snoozed for a year at most.");
  const conversation = await findConversation(who, conversationId);
  refuseUnlessOpen(conversation);
  const { state, epoch, lastCustomerSeq } = conversation;
  const payload: WakeJob = {
    companyId: conversation.companyId,
    conversationId,
    until: until.toISOString(),
  };
  return writeAttributes(
    who,
    conversation,
    { snoozedUntil: payload.until },
    {
      now,
      // What came in this very moment must be seen first.
      guard: { state, epoch, lastCustomerSeq },
      jobs: [{ task: "conversation.wake", payload, runAt: until, key: `wake:${conversationId}` }],
    },
  );
}

/** Brings a snoozed conversation back as it was. */
export async function endSnooze(
  who: Staff,
  conversationId: string,
  now = new Date(),
): Promise<ConversationRecord> {
  const conversation = await findConversation(who, conversationId);
  if (conversation.snoozedUntil === undefined) return conversation;
  return writeAttributes(who, conversation, { snoozedUntil: null }, { now });
}

/** Wakes a conversation whose snooze has run out: it needs a response. One that was snoozed anew or woken before is left alone. */
export async function wake(job: WakeJob, now = new Date()): Promise<void> {
  const conversation = await findConversation(job, job.conversationId).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  });
  if (conversation?.snoozedUntil !== job.until) return;
  // Postgres looks once more whether the time has come, when it holds the conversation.
  await writeAttributes(undefined, conversation, { wake: true }, { now });
}

function refuseUnlessOpen({ state }: ConversationRecord): void {
  if (state === "WAITING_HUMAN" || state === "WITH_HUMAN") return;
  throw new AppError(
    "conflict",
    state === "ACTIVE"
      ? "The assistant has this conversation: take it over to snooze it."
      : "This conversation is closed: open it again to snooze it.",
    { details: { state } },
  );
}
