import type { EscalationReason } from "#contracts/conversation";
import type { View } from "#contracts/operator";

export const viewNames: Record<View, string> = {
  needs_response: "Needs response",
  mine: "Mine",
  unassigned: "Unassigned",
  waiting_customer: "Waiting on customer",
  snoozed: "Snoozed",
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
  circles: "Going in circles",
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
  unassigned: {
    title: "Nobody waits for a person",
    text: "Conversations that the assistant handed over, and nobody has accepted yet, stand here.",
  },
  waiting_customer: {
    title: "No answer is awaited",
    text: "When you have replied and it is the customer's turn, the conversation waits here.",
  },
  snoozed: {
    title: "Nothing is snoozed",
    text: "Put a conversation aside with H. It comes back when its time has come, or when the customer writes.",
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
