import type { MessageView, State } from "#contracts/conversation";
import type { TurnMessage } from "#services/ai";
import { explicitRequest } from "#services/escalation";

/** What an operator is about to answer. */
export type Turn = {
  /** The number of the newest words; a suggestion is good until there are newer ones. */
  seq: number;
  question: string;
  /** What was said before the question, oldest first. */
  history: TurnMessage[];
  /** All that customer and company said to each other, oldest first. */
  spoken: TurnMessage[];
  /** The customer waits for a person's words. */
  waiting: boolean;
};

/**
 * Finds the question that a person would answer now: the customer's newest words, passing over those that only ask for
 * a person or agree. `undefined` where the customer has not written yet.
 */
export function turnOf(messages: readonly MessageView[], state: State): Turn | undefined {
  const said = messages.filter(
    ({ author, audience, text }) => author.kind !== "system" && audience === "all" && text.trim() !== "",
  );
  const last = said.at(-1);
  const question = questionIn(said);
  if (last === undefined || question === undefined) return undefined;
  const handedOver = state === "WAITING_HUMAN" || state === "WITH_HUMAN";
  return {
    seq: last.seq,
    question: question.words.map(({ text }) => text).join("\n\n"),
    history: said.slice(0, question.at).map(asTurnMessage),
    spoken: said.map(asTurnMessage),
    waiting: handedOver && last.author.kind !== "operator",
  };
}

/** The newest run of the customer's messages that asks something, and where it begins. */
function questionIn(said: readonly MessageView[]): { words: MessageView[]; at: number } | undefined {
  const bursts: { words: MessageView[]; at: number }[] = [];
  for (const [at, message] of said.entries()) {
    if (message.author.kind !== "customer") continue;
    const before = bursts.at(-1);
    if (before !== undefined && said[at - 1]?.author.kind === "customer") before.words.push(message);
    else bursts.push({ words: [message], at });
  }
  const asking = bursts
    .map(({ words, at }) => ({ words: words.filter(({ text }) => !explicitRequest(text).asks), at }))
    .filter(({ words }) => words.some(isTelling));
  return asking.at(-1) ?? bursts.at(-1);
}

/** Says whether a message tells what the customer came for: “yes please” only answers an offer. */
export function isTelling({ text }: { text: string }): boolean {
  return text.trim().split(/\s+/).length > 2;
}

function asTurnMessage({ author, text }: MessageView): TurnMessage {
  const { kind } = author;
  return { author: kind === "customer" || kind === "agent" ? kind : "operator", text };
}
