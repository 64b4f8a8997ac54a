import { systemLine } from "#services/handover";

/** The line that asks a customer how it was; with buttons to press it says what they mean. */
export function rateLine(name: string, { pressed }: { pressed: boolean }) {
  const scale = pressed ? " 1 is very bad, 5 is very good." : "";
  return systemLine(`How was your conversation with ${name}?${scale}`, { kind: "rate", name });
}

/** The line that tells operators what a customer answered. */
export function ratedLine({ name, score, comment }: { name: string; score: number; comment: string | null }) {
  const remark = comment === null ? "." : `: “${comment}”`;
  const words = `The customer rated the conversation with ${name} ${score} of 5${remark}`;
  return { ...systemLine(words, { kind: "rated", name }), audience: "operators" as const };
}
