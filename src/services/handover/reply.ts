import type { z } from "zod";
import type { SentMessage } from "#contracts/chat";
import type { State } from "#contracts/conversation";
import type { OperatorSendBody } from "#contracts/operator";
import { choicesOf } from "#contracts/structured-answers";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { Who } from "#services/accounts";
import {
  type Append,
  append,
  type ConversationRecord,
  findConversation,
  type NewMessage,
  newerReply,
  refuseStrangeMessage,
} from "#services/conversations";
import { accept } from "./ownership.ts";

type Guard = NonNullable<Append["guard"]>;
type Reply = z.output<typeof OperatorSendBody> & {
  attached?: NonNullable<Append["messages"]>[number]["attachments"];
};

/**
 * Stores an operator's words. A reply to a waiting conversation accepts it first; one that the AI owns, or another
 * person, is refused with `conflict`, as is one that somebody else's reply has overtaken, which it names. A note is for
 * operators only and changes nobody's turn.
 */
export async function sendAsOperator(who: Who, conversationId: string, reply: Reply): Promise<SentMessage> {
  const author = authorOf(who);
  const noReply = seenBy(author, reply);
  let [conversation] = await Promise.all([
    findConversation(who, conversationId),
    refuseOvertaken(who, conversationId, noReply),
  ]);
  if (reply.replyTo !== undefined)
    await refuseStrangeMessage(who, conversationId, reply.replyTo, "operators");
  const isNote = reply.audience === "operators";
  const messageId = newId();
  if (isNote && (reply.data ?? reply.choices?.[0]) !== undefined) {
    throw new AppError("invalid", "A note is for colleagues: it carries no buttons, cards or forms.");
  }
  if (!isNote && conversation.state === "WAITING_HUMAN" && who.kind === "operator") {
    conversation = await accept(who, conversationId);
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    if (!isNote) refuseUnlessHeld(conversation, who);
    const appended = await append(conversation, {
      now: new Date(),
      clientId: reply.clientId,
      guard: isNote ? undefined : { state: "WITH_HUMAN", epoch: conversation.epoch, noReply },
      jobs: beganAs(reply, { companyId: who.companyId, conversationId, messageId }),
      messages: [
        {
          id: messageId,
          author,
          text: reply.text,
          audience: reply.audience,
          clientId: reply.clientId,
          replyTo: reply.replyTo,
          attachments: reply.attached,
          template: reply.template,
          choices: reply.choices,
          data:
            mentionsOf(reply) ?? reply.data ?? (reply.choices?.length ? choicesOf(reply.choices) : undefined),
        },
      ],
    });
    if (appended.outcome === "conflict") {
      conversation = appended.conversation;
      await refuseOvertaken(who, conversationId, noReply);
      continue;
    }
    const message = appended.outcome === "duplicate" ? appended.message : appended.messages[0];
    if (message === undefined) break;
    return {
      messageId: message.id,
      conversationId,
      seq: message.seq,
      createdAt: message.createdAt,
      duplicate: appended.outcome === "duplicate",
    };
  }
  throw new AppError("conflict", "This conversation is changing hands right now: try again.");
}

/** What must not have been said meanwhile, by what the writer has seen; undefined where that is no matter. */
function seenBy({ id }: { id: string }, { seenHead, sendAnyway = false, audience }: Reply): Guard["noReply"] {
  if (seenHead === undefined || sendAnyway || audience === "operators") return undefined;
  return { after: seenHead, but: id };
}

async function refuseOvertaken(who: Who, conversationId: string, noReply: Guard["noReply"]): Promise<void> {
  if (noReply === undefined) return;
  const newer = await newerReply(who, conversationId, { after: noReply.after, not: noReply.but });
  if (newer === undefined) return;
  throw new AppError("conflict", `${newer.author.name ?? "Somebody"} has replied meanwhile.`, {
    details: { newer },
  });
}

/** Whom a note names is told with it. */
function mentionsOf({ mentions = [], audience }: Reply): NewMessage["data"] {
  return audience === "operators" && mentions.length > 0
    ? { kind: "mention", operators: mentions }
    : undefined;
}

/** Has the co-pilot find out how much of its suggestion went out. */
function beganAs({ suggestionId, audience }: Reply, place: Record<string, string>): Append["jobs"] {
  if (suggestionId === undefined || audience === "operators") return undefined;
  return [{ task: "suggestion.settle", payload: { ...place, suggestionId } }];
}

function refuseUnlessHeld(conversation: ConversationRecord, who: Who): void {
  const { state, operatorId, operatorName, channel, threadId } = conversation;
  if (channel !== "web" && threadId === undefined) {
    throw new AppError(
      "conflict",
      "The connection that this customer wrote over was removed: nothing can be sent to them.",
    );
  }
  if (state === "WITH_HUMAN") {
    if (who.kind !== "operator" || operatorId === who.userId) return;
    const name = operatorName ?? "A colleague";
    throw new AppError("conflict", `${name} has this conversation: have it transferred to you to reply.`, {
      details: { state, operator: { id: operatorId, name } },
    });
  }
  const words: Partial<Record<State, string>> = {
    ACTIVE: "The assistant has this conversation: take it over to reply.",
    WAITING_HUMAN: "Nobody has accepted this conversation yet.",
  };
  throw new AppError("conflict", words[state] ?? "Open this conversation again to reply.", {
    details: { state },
  });
}

function authorOf(who: Who) {
  if (who.kind === "operator") return { kind: "operator" as const, id: who.userId, name: who.name };
  if (who.kind === "key") return { kind: "operator" as const, id: who.keyId, name: who.name };
  throw new AppError("forbidden", "Only operators can answer here.");
}
