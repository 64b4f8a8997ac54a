import type { EscalationReason, MessageView } from "#contracts/conversation";
import type { HandoverPacket } from "#contracts/operator";
import { explicitRequest } from "#services/escalation";

const mostTried = 5;

/** What the AI hands over: why, what was asked, what it tried with which sources, and what is still open. */
export function handoverPacket(
  messages: MessageView[],
  { reason, sentence }: { reason: EscalationReason; sentence: string },
): HandoverPacket {
  // Asking for a person is no question for that person.
  const spoken = messages.filter(
    ({ author, audience, text }) =>
      author.kind !== "system" &&
      audience === "all" &&
      !(author.kind === "customer" && explicitRequest(text).asks),
  );
  const tried = spoken.flatMap((message, index) => {
    const question = spoken[index - 1];
    return message.author.kind !== "agent" || question?.author.kind !== "customer"
      ? []
      : [{ question: question.text, answer: message.text, sources: message.sources ?? [] }];
  });
  const questions = spoken.filter((message) => message.author.kind === "customer");
  return {
    reason,
    sentence,
    summary: summary(questions, tried.length),
    tried: tried.slice(-mostTried),
    openQuestion: (questions.findLast(({ text }) => isTelling(text)) ?? questions.at(-1))?.text,
  };
}

// “Yes please” answers an offer; it is not what the customer came for.
function isTelling(text: string): boolean {
  return text.trim().split(/\s+/).length > 2;
}

function summary(questions: MessageView[], answers: number): string {
  const first = questions[0];
  if (first === undefined) return "The customer has not written yet.";
  const asked = `The customer began with “${shorten(first.text)}”`;
  const since = questions.length > 1 ? ` and has written ${questions.length} messages` : "";
  const replied =
    answers === 0
      ? "The assistant has not answered yet."
      : `The assistant answered ${answers === 1 ? "once" : `${answers} times`}.`;
  return `${asked}${since}. ${replied}`;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length <= 160 ? line : `${line.slice(0, 157).trimEnd()}…`;
}
