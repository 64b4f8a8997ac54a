import type { MessageView, OperatorRef, Receipts, StateView } from "#contracts/conversation";
import type { ConversationSnapshot } from "#contracts/events";
import { flag, type Guard, number, oneOf, shape, text } from "./guard.ts";
import { isMessage, isReceipts, isSnapshot, isState } from "./shapes.ts";
import type { Frame } from "./transport.ts";

type Run = { runId: string; messageId: string };

/** What can happen to a conversation that a window shows, each proven to have its shape. */
export type ConversationEvent =
  | { type: "snapshot"; snapshot: ConversationSnapshot }
  | { type: "message"; conversationId: string; seq: number; message: MessageView }
  | { type: "state"; conversationId: string; seq: number; state: StateView }
  | ({ type: "thinking" } & Run)
  | ({ type: "delta"; offset: number; text: string } & Run)
  | ({ type: "complete" } & Run)
  | ({ type: "interrupted"; reason: "stopped" | "failed" } & Run)
  | ({ type: "superseded" } & Run)
  | { type: "typing"; author: TypingAuthor; authorId?: string; name?: string; typing: boolean }
  | { type: "read"; receipts: Receipts }
  | { type: "agent_joined"; operator: OperatorRef }
  | { type: "agent_left"; operator?: OperatorRef }
  | { type: "queue"; position: number; estimateMinutes?: number };

type TypingAuthor = MessageView["author"]["kind"];

const run = { runId: text, messageId: text };
const operator = shape({ id: text, name: text }, { image: text });
const conversation = { conversationId: text };

const guards: { [Type in Exclude<ConversationEvent["type"], "snapshot">]: Guard<unknown> } = {
  message: shape({ ...conversation, seq: number, message: isMessage }),
  state: shape({ ...conversation, seq: number, state: isState }),
  thinking: shape(run),
  delta: shape({ ...run, offset: number, text }),
  complete: shape(run),
  interrupted: shape({ ...run, reason: oneOf("stopped", "failed") }),
  superseded: shape(run),
  typing: shape(
    { author: oneOf("customer", "agent", "operator", "system"), typing: flag },
    { authorId: text, name: text },
  ),
  read: shape({ receipts: isReceipts }),
  agent_joined: shape({ operator }),
  agent_left: shape({}, { operator }),
  queue: shape({ position: number }, { estimateMinutes: number }),
};

/** Parses a frame of a conversation's stream; what has another shape, or is not about the conversation, is nothing. */
export function parseConversationEvent({ event, data }: Frame): ConversationEvent | undefined {
  if (event === "snapshot") return isSnapshot(data) ? { type: "snapshot", snapshot: data } : undefined;
  if (!Object.hasOwn(guards, event)) return undefined;
  const guard = guards[event as keyof typeof guards];
  return guard(data) ? ({ ...(data as object), type: event } as ConversationEvent) : undefined;
}
