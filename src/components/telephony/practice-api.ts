import { z } from "zod";
import { get, query, send } from "#components/inbox/data/call.ts";
import { PracticeCall, type PracticeEndBody, PracticeLine, PracticeWords } from "#contracts/practice";
import { HumanControl, HumanMessageAnswer, OutboundCallAnswer } from "#contracts/telephony";

const at = "/api/demo/telephony";
const control = "/api/conversations/human-control";

type CallPlace = Pick<PracticeCall, "callSid" | "voiceConversationId" | "direction" | "from">;

/** What the practice page asks of the server. Each throws a `WireError` when the server says no. */
export const practice = {
  makeLine: () => send("POST", `${at}/line`, undefined, PracticeLine),
  sms: (from: string, text: string) => send("POST", `${at}/sms`, { from, text }, z.unknown()),
  call: (from: string) => send("POST", `${at}/calls`, { from }, PracticeCall),
  ringing: (number: string) => get(`${at}/ringing${query({ number })}`, PracticeCall),
  answer: (call: CallPlace) => send("POST", `${at}/calls/answer`, placeOf(call), z.unknown()),
  end: (end: z.input<typeof PracticeEndBody>) => send("POST", `${at}/calls/end`, end, z.unknown()),
  words: (question: string) => send("POST", `${at}/words`, { question }, PracticeWords),

  join: (phoneNumber: string) => send("POST", `${control}/join`, { phoneNumber }, HumanControl),
  leave: (phoneNumber: string, summary: string) =>
    send("POST", `${control}/leave`, { phoneNumber, ...(summary === "" ? {} : { summary }) }, HumanControl),
  say: (phoneNumber: string, message: string, clientId: string) =>
    send("POST", `${control}/send-message`, { phoneNumber, message, clientId }, HumanMessageAnswer),
  callBack: (phoneNumber: string, context: string, clientId: string) =>
    send("POST", "/api/conversations/outbound-call", { phoneNumber, context, clientId }, OutboundCallAnswer),
};

/** The ids of a call, without what its voice agent knows. */
export function placeOf({ callSid, voiceConversationId, direction, from }: CallPlace): CallPlace {
  return { callSid, voiceConversationId, direction, from };
}
