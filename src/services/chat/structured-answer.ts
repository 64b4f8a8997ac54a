import { isDeepStrictEqual } from "node:util";
import type { MessageView } from "#contracts/conversation";
import { type AnswerValues, MessageData, type StructuredAnswer } from "#contracts/structured";
import { type Asked, answerText, problemsOf } from "#contracts/structured-answers";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { type ConversationRecord, messageByClientId } from "#services/conversations";

export type CheckedAnswer = { text: string; clientId: string; data: StructuredAnswer };

/**
 * A customer's answer as it is stored: its words are made from its values, and its client id from the question, so that a
 * question is answered once, however many windows answer it. Throws `not_found` for a question that this conversation does
 * not hold, `invalid` for values that do not fit, and `conflict` where the conversation has gone on without the answer.
 */
export async function checkedAnswer(
  conversation: ConversationRecord,
  { to, values: given }: StructuredAnswer,
): Promise<CheckedAnswer> {
  const { asked, seq } = await findQuestion(conversation, to);
  const values = withoutEmpty(given);
  const fields = problemsOf(asked, values);
  const [problem] = Object.values(fields);
  if (problem !== undefined) throw new AppError("invalid", problem, { details: { fields } });
  const clientId = `answer:${to}`;
  // Words are an answer too: buttons under an older question are out of date. The same answer twice is not.
  if (asked.kind === "choices" && conversation.lastCustomerSeq > seq) {
    const known = await messageByClientId(conversation, conversation.id, clientId);
    if (known === undefined)
      throw new AppError("conflict", "You have written since: this question is closed.");
  }
  return { text: answerText(asked, values), clientId, data: { kind: "answer", to, values } };
}

/** Refuses an answer to what was answered already, unless it says the same. Throws `conflict`. */
export function refuseOther(stored: MessageView, { data }: CheckedAnswer): void {
  if (stored.data?.kind === "answer" && isDeepStrictEqual(stored.data.values, data.values)) return;
  throw new AppError("conflict", `This was answered already: ${stored.text}`);
}

async function findQuestion(
  { companyId, id }: ConversationRecord,
  messageId: string,
): Promise<{ asked: Asked; seq: number }> {
  const [row] = await read<{ seq: number; data: unknown }>(
    companyId,
    `SELECT seq, data FROM message WHERE company_id = $1 AND conversation_id = $2 AND id = $3
       AND audience = 'all' AND author_kind <> 'customer'`,
    [companyId, id, messageId],
  );
  if (row === undefined) throw new AppError("not_found", "This conversation holds no such question.");
  const asked = MessageData.safeParse(row.data).data;
  if (asked?.kind !== "choices" && asked?.kind !== "form") {
    throw new AppError("invalid", "This message asks for no such answer.");
  }
  return { asked, seq: row.seq };
}

function withoutEmpty(values: AnswerValues): AnswerValues {
  return Object.fromEntries(
    Object.entries(values)
      .map(([id, value]) => [id, typeof value === "string" ? value.trim() : value] as const)
      .filter(([, value]) => value !== ""),
  );
}
