import type { Attachment, Move, State } from "#contracts/conversation";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { listOperators } from "#services/accounts";
import { append, findConversation, type NewMessage } from "#services/conversations";
import { move } from "./change.ts";

type Elsewhere = {
  /** The member who is taken to be speaking, where they still are one. */
  preferred: string | undefined;
  /** The app in which it was written, as people call it. */
  app: string;
  text: string;
  attachments: Attachment[];
  external: { connectionId: string; id: string };
  now: Date;
};

const taking: Partial<Record<State, Move>> = { ACTIVE: "takeOver", WAITING_HUMAN: "accept" };

/**
 * Stores what a person of the company wrote in a platform's own app, and gives them the conversation in the same commit
 * where nobody has it: the assistant is silent from then on. The same words twice are one message.
 */
export async function operatorWroteElsewhere(
  who: { companyId: string },
  conversationId: string,
  said: Elsewhere,
): Promise<void> {
  const operator = await speaker(who.companyId, said.preferred);
  const id = newId(said.now.getTime());
  const message: NewMessage = {
    id,
    author: { kind: "operator", id: operator.id, name: `${operator.name} (${said.app})` },
    text: said.text,
    attachments: said.attachments.length === 0 ? undefined : said.attachments,
    silent: true,
  };
  const external = { ...said.external, messageId: id };
  for (let attempt = 0; attempt < 5; attempt++) {
    const conversation = await findConversation(who, conversationId);
    const name = taking[conversation.state];
    if (name !== undefined) {
      await move(
        who,
        conversationId,
        name,
        () => ({
          change: {
            state: "WITH_HUMAN",
            operatorId: operator.id,
            operatorName: operator.name,
            reason: "manual",
          },
          acceptedBy: operator.id,
          messages: [message],
          external,
        }),
        said.now,
      );
      return;
    }
    const guard = { state: conversation.state, epoch: conversation.epoch };
    const { outcome } = await append(conversation, { now: said.now, guard, messages: [message], external });
    if (outcome !== "conflict") return;
  }
  throw new AppError("conflict", "This conversation is changing hands right now.");
}

async function speaker(companyId: string, preferred: string | undefined) {
  const operators = await listOperators(companyId);
  const chosen =
    operators.find(({ id }) => id === preferred) ?? operators.find(({ role }) => role === "owner");
  if (chosen === undefined)
    throw new AppError("conflict", "The company has nobody who could have written this.");
  return chosen;
}
