import { z } from "zod";
import type { Frame } from "#client/transport";
import { callIn } from "#components/inbox/calls/call-after.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView, StateView } from "#contracts/conversation";
import { DurableEvent } from "#contracts/events";
import { TelephonyEvent, telephonyEventNames } from "#contracts/telephony";
import { wordsOf } from "./event-words.ts";

/** One event as the log beside the phone shows it. */
export type Heard = {
  key: number;
  conversationId: string;
  name: string;
  /** One of the seven names of a lead's stream; all others are the log's own. */
  named: boolean;
  seq: number | undefined;
  words: string;
  at: number;
};

/** What a lead's stream has told so far. */
export type LeadState = {
  conversationId: string | undefined;
  messages: MessageView[];
  calls: CallView[];
  state: StateView | undefined;
  summary: string | undefined;
  heard: Heard[];
};

export const unheard: LeadState = {
  conversationId: undefined,
  messages: [],
  calls: [],
  state: undefined,
  summary: undefined,
  heard: [],
};

export type LeadEvent = z.infer<typeof TelephonyEvent> | DurableEvent;

const mostHeard = 200;
const Entry = z.union([TelephonyEvent, DurableEvent]);

/** What a lead's stream has told after one more frame; frames that tell nothing to keep change nothing. */
export function afterFrame(before: LeadState, frame: Frame, now: number): LeadState {
  if (typeof frame.data !== "object" || frame.data === null) return before;
  const { data: event } = Entry.safeParse({ ...frame.data, type: frame.event });
  if (event === undefined) return before;
  const seq = "seq" in event ? event.seq : undefined;
  // A stream that resumes may tell the last entry twice.
  const { type: name, conversationId } = event;
  const isSame = (each: Heard) =>
    each.seq === seq && each.name === name && each.conversationId === conversationId;
  if (seq !== undefined && before.heard.some(isSame)) return before;
  const heard: Heard = {
    key: (before.heard.at(-1)?.key ?? 0) + 1,
    conversationId,
    name,
    named: telephonyEventNames.some((each) => each === name),
    seq,
    words: wordsOf(event),
    at: now,
  };
  return { ...afterEvent(before, event), heard: [...before.heard, heard].slice(-mostHeard) };
}

function afterEvent(before: LeadState, event: LeadEvent): LeadState {
  const at = { ...before, conversationId: event.conversationId };
  switch (event.type) {
    case "conversation_history":
      return {
        ...at,
        messages: event.messages,
        calls: event.calls,
        state: event.state,
        summary: event.summary,
      };
    case "sms_received":
    case "human_message_sent":
    case "message":
      return { ...at, messages: withMessage(before.messages, event.message) };
    case "call_initiated":
    case "call_ended":
    case "call":
      return {
        ...at,
        calls: callIn(before.calls, event),
        summary: event.call.summary ?? before.summary,
      };
    case "human_control_started":
    case "human_control_ended":
    case "state":
      return { ...at, state: event.state };
    case "delivery":
      return {
        ...at,
        messages: before.messages.map((message) =>
          message.id === event.messageId ? { ...message, delivery: event.delivery } : message,
        ),
      };
    case "attributes":
      return at;
  }
}

function withMessage(messages: MessageView[], message: MessageView): MessageView[] {
  return [...messages.filter(({ id }) => id !== message.id), message].sort((a, b) => a.seq - b.seq);
}
