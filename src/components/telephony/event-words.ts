import { callName, duration, endWords, outcomeWords } from "#components/inbox/calls/call-words.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView, Move } from "#contracts/conversation";
import type { LeadEvent } from "./lead-state.ts";

const moves: Record<Move, string> = {
  escalate: "A person was asked for",
  accept: "A person accepted",
  takeOver: "A person took over",
  transfer: "Passed on",
  release: "Back in the queue",
  handBack: "Handed back to the AI",
  resolve: "Resolved",
  abandon: "The customer left",
  reopen: "Reopened",
};

/** What an event of a lead's stream says, in one line. */
export function wordsOf(event: LeadEvent): string {
  switch (event.type) {
    case "conversation_history":
      return `${count(event.messages.length, "message")}, ${count(event.calls.length, "call")}${event.summary ? ", and a summary" : ""}`;
    case "sms_received":
      return event.message.text;
    case "human_message_sent":
      return `${event.message.author.name ?? "A person"}: ${event.message.text}`;
    case "human_control_started":
      return `${event.state.operator?.name ?? "A person"} has the conversation. The AI is silent.`;
    case "human_control_ended":
      return "No person has it any more.";
    case "call_initiated":
    case "call_ended":
    case "call":
      return callLine(event.call);
    case "message":
      return `${speaker(event.message)}: ${event.message.text}`;
    case "delivery":
      return `A message of ours: ${event.delivery.state}`;
    case "state":
      return moves[event.move];
    case "attributes":
      return "What operators note of it has changed";
  }
}

function callLine(call: CallView): string {
  const length = call.durationSeconds === undefined ? undefined : duration(call.durationSeconds);
  const came = endWords(call)?.words ?? call.status.replace("_", " ");
  return [callName(call), came, length, outcomeWords(call)?.words].filter(Boolean).join(", ");
}

function speaker({ author, data }: MessageView): string {
  const how = data?.kind === "spoken" ? ", on the phone" : "";
  if (author.kind === "agent") return `${author.name ?? "Assistant"} (AI${how})`;
  if (author.kind === "customer") return `Customer${how}`;
  return author.kind === "system" ? "Baton" : (author.name ?? "A person");
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
