import type { EscalationReason } from "#contracts/conversation";
import type { View } from "#contracts/operator";

export const viewNames: Record<View, string> = {
  needs_response: "Needs response",
  mine: "Mine",
  all: "All",
  ai: "AI-handled",
  resolved: "Resolved",
};

export const reasonNames: Record<EscalationReason, string> = {
  keyword: "Keyword",
  sentiment: "Sentiment",
  confidence: "Low confidence",
  explicit_request: "Asked for a person",
  conversation_length: "Long conversation",
  agent_tool: "The assistant asked for help",
  ai_failure: "The assistant failed",
  manual: "By hand",
};

export const emptyViews: Record<View, { title: string; text: string }> = {
  needs_response: {
    title: "Nobody is waiting",
    text: "When a customer asks for a person, or writes to one of you, the conversation appears here at once.",
  },
  mine: {
    title: "Nothing is yours right now",
    text: "Accept a waiting conversation, or take one over from the assistant, and it stays here until it is resolved.",
  },
  all: {
    title: "No conversations yet",
    text: "Every conversation of your company will stand here, from its first message on.",
  },
  ai: {
    title: "The assistant is idle",
    text: "Conversations that it is answering stand here. You can read along and take over at any moment.",
  },
  resolved: { title: "Nothing resolved yet", text: "Conversations that are done are kept here." },
};
