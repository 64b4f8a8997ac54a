import type { MessageView } from "#contracts/conversation";
import type { AnswerValues } from "#contracts/structured";

export type Answers = ReadonlyMap<string, AnswerValues>;

/** What the customer answered to choices and forms, by the id of the question; on a platform the words of a button are one. */
export function answersIn(messages: readonly MessageView[]): Answers {
  const answers = new Map<string, AnswerValues>();
  let asked: MessageView | undefined;
  for (const message of messages) {
    const { data, author } = message;
    if (data?.kind === "answer") answers.set(data.to, data.values);
    if (data?.kind === "choices") asked = message;
    if (author.kind !== "customer" || asked?.data?.kind !== "choices") continue;
    const pressed = asked.data.choices.find(({ label }) => label === message.text);
    if (pressed !== undefined && !answers.has(asked.id)) answers.set(asked.id, { choice: pressed.id });
    asked = undefined;
  }
  return answers;
}
