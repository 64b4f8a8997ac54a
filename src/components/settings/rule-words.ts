import type { EscalationRule } from "#contracts/escalation";

/** What each trigger watches, as the form names it. */
export const triggerWords: Record<EscalationRule["trigger"], { title: string; help: string }> = {
  keyword: { title: "Words", help: "A message holds one of these words or phrases." },
  sentiment: {
    title: "Mood",
    help: "Several messages in a row sound unhappy. −1 is furious, 0 neutral, 1 delighted.",
  },
  confidence: {
    title: "Unsure answers",
    help: "The AI is less sure of its answers than this. 0 is a guess, 1 certain.",
  },
  explicit_request: {
    title: "Asks for a person",
    help: "However it is phrased. You can add phrases of your own.",
  },
  conversation_length: { title: "Long conversation", help: "The conversation goes on and on." },
  agent_tool: { title: "The AI asks for help", help: "A language model decides that a person should go on." },
  ai_failure: {
    title: "The AI cannot answer",
    help: "The model is away and the articles hold no good answer.",
  },
  manual: { title: "The button", help: "The customer presses “Talk to a person”." },
};

/** A rule as one sentence that a colleague would say. */
export function ruleSentence(rule: EscalationRule): string {
  const then =
    rule.action === "offer" ? "offer the customer a person" : "put the conversation in the queue at once";
  return rule.enabled
    ? `${condition(rule)}, ${then}.`
    : `Off: ${condition(rule).toLowerCase()} changes nothing.`;
}

function condition(rule: EscalationRule): string {
  switch (rule.trigger) {
    case "keyword":
      return `When a message holds ${listed(rule.keywords, "one of the words")}`;
    case "sentiment":
      return `When ${rule.consecutive} messages in a row have a mood of ${rule.threshold} or lower`;
    case "confidence":
      return rule.consecutive === 1
        ? `When an answer is less than ${percent(rule.threshold)} sure`
        : `When ${rule.consecutive} answers in a row are less than ${percent(rule.threshold)} sure`;
    case "explicit_request":
      return rule.phrases.length === 0
        ? "When a customer asks for a person, in any words"
        : `When a customer asks for a person, in any words, or says ${listed(rule.phrases, "one of your phrases")}`;
    case "conversation_length":
      return `When a conversation has more than ${rule.maxMessages} messages`;
    case "agent_tool":
      return "When the AI asks for a person";
    case "ai_failure":
      return "When the AI cannot answer at all";
    case "manual":
      return "When the customer presses the button";
  }
}

function listed(words: string[], otherwise: string): string {
  if (words.length === 0) return otherwise;
  const shown = words.slice(0, 3).map((word) => `“${word}”`);
  const rest = words.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} or one of ${rest} more` : shown.join(" or ");
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
