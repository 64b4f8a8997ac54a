import type { Staff } from "#services/accounts";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import { move, moverOf } from "./change.ts";
import { initiateEscalation } from "./escalate.ts";
import { noteOf } from "./note.ts";
import { systemLine } from "./system-line.ts";
import { mustHaveTeam } from "./teams.ts";

type Handing = { teamId: string | null; note: string | undefined };

/**
 * Gives a conversation to a team's queue: from whoever has it, from the AI, or from the queue of another, where it keeps
 * its place. Throws `not_found` for a team the company does not have, `conflict` for what is closed.
 */
export async function transferToTeam(
  who: Staff,
  conversationId: string,
  teamId: string,
  note?: string,
): Promise<ConversationRecord> {
  await mustHaveTeam(who.companyId, teamId);
  return handTo(who, conversationId, { teamId, note });
}

/** Gives a conversation to everyone's queue, whichever team it was for. Throws `conflict` for what is closed. */
export async function transferToEveryone(
  who: Staff,
  conversationId: string,
  note?: string,
): Promise<ConversationRecord> {
  return handTo(who, conversationId, { teamId: null, note });
}

async function handTo(who: Staff, conversationId: string, handing: Handing): Promise<ConversationRecord> {
  const { teamId, note } = handing;
  const conversation = await findConversation(who, conversationId);
  const now = new Date();
  const attributes = { teamId };
  if (conversation.state === "ACTIVE") {
    const sentence = note ?? `${who.name} asked for a person.`;
    return initiateEscalation(who, conversationId, { reason: "manual", sentence, attributes, now });
  }
  if (conversation.state === "WAITING_HUMAN") return moveInLine(who, conversation, handing, now);
  const moved = await move(
    who,
    conversationId,
    "transfer",
    () => ({
      change: { state: "WAITING_HUMAN", waitingSince: now, note },
      attributes,
      messages: [
        systemLine("You are being transferred to another colleague, please wait.", { kind: "transferred" }),
        ...noteOf(who, note),
      ],
    }),
    now,
  );
  return moved.conversation;
}

// Whoever waits need not be told which team they wait for: for them nothing changes.
async function moveInLine(
  who: Staff,
  conversation: ConversationRecord,
  { teamId, note }: Handing,
  now: Date,
): Promise<ConversationRecord> {
  const appended = await append(conversation, {
    now,
    guard: { state: "WAITING_HUMAN", epoch: conversation.epoch },
    attributes: { teamId },
    by: moverOf(who),
    messages: noteOf(who, note),
  });
  // Somebody took it in this very moment: then it is taken from them.
  if (appended.outcome === "conflict") return handTo(who, conversation.id, { teamId, note });
  return appended.conversation;
}
