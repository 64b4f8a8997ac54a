import type { EscalationReason } from "./conversation.ts";
import type { AlertKind, AlertView } from "./notifications.ts";

const reasons: Record<EscalationReason, string> = {
  keyword: "a word of theirs calls for one",
  sentiment: "they are unhappy",
  confidence: "the assistant is unsure",
  explicit_request: "they asked for one",
  conversation_length: "it has taken long",
  circles: "they ask the same again and again",
  agent_tool: "the assistant asked for help",
  ai_failure: "the assistant failed",
  manual: "somebody passed it on",
};

/** What an alert says: who it is about, and what the matter is. It holds no word of the customer's own. */
export function alertWords({
  kind,
  customer,
  reason,
  count,
}: Pick<AlertView, "kind" | "customer" | "reason" | "count">) {
  return { title: customer, text: texts[kind](count, reason) };
}

const texts: Record<AlertKind, (count: number, reason: EscalationReason | undefined) => string> = {
  escalation: (_, reason) => (reason === undefined ? "Needs a person" : `Needs a person: ${reasons[reason]}`),
  offered: () => "Is waiting for you to accept",
  assigned: () => "Is yours now",
  message: (count) => (count === 1 ? "Wrote to you" : `Wrote ${count} messages`),
  mention: (count) => (count === 1 ? "You were mentioned in a note" : `You were mentioned in ${count} notes`),
  sla_warning: () => "The answer is due soon",
  sla_breach: () => "The answer is overdue",
  undelivered: (count) => (count === 1 ? "An answer did not arrive" : `${count} answers did not arrive`),
};
