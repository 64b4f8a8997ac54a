import { z } from "zod";
import { Id, Text } from "./primitives.ts";
import { E164 } from "./telephony.ts";

/** A phone line of the demo company whose platforms are played by the program itself. */
export const PracticeLine = z.object({
  connectionId: Id,
  number: E164,
  agent: z.object({ id: Id, name: z.string() }),
});
export type PracticeLine = z.infer<typeof PracticeLine>;

export const PracticeSmsBody = z.object({ from: E164, text: Text.pipe(z.string().trim().min(1).max(1_600)) });

export const PracticeCallBody = z.object({ from: E164 });

const Variables = z.record(z.string().max(100), z.union([z.string().max(20_000), z.number(), z.boolean()]));

/** A call as the phone company and the voice agent's platform know it. */
export const PracticeCall = z.object({
  callSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  voiceConversationId: z.string().regex(/^conv_[0-9a-f]{32}$/),
  direction: z.enum(["inbound", "outbound"]),
  from: E164,
  /** What the voice agent was given to know. */
  variables: Variables,
  /** Its first words. */
  greeting: z.string(),
});
export type PracticeCall = z.infer<typeof PracticeCall>;

const ofCall = PracticeCall.pick({ callSid: true, voiceConversationId: true, direction: true, from: true });

export const PracticeRingingQuery = z.object({ number: E164 });

/** What ElevenLabs is asked so that it calls somebody, as far as the practice phone must know it. */
export const PracticeDialBody = z.looseObject({
  to_number: E164,
  conversation_initiation_client_data: z.looseObject({ dynamic_variables: Variables }).optional(),
});
export type PracticeDial = z.infer<typeof PracticeDialBody>;

export const PracticeAnswerBody = ofCall;

export const PracticeTurn = z.object({
  author: z.enum(["customer", "agent"]),
  text: Text.pipe(z.string().trim().min(1).max(4_000)),
  /** Seconds since the call began. */
  at: z.number().min(0).max(86_400),
});
export type PracticeTurn = z.infer<typeof PracticeTurn>;

export const PracticeEndBody = ofCall.extend({
  how: z.enum(["completed", "busy", "no_answer"]),
  seconds: z.number().min(0).max(86_400),
  turns: z.array(PracticeTurn).max(200),
  variables: Variables,
});
export type PracticeEnd = z.infer<typeof PracticeEndBody>;

export const PracticeWordsBody = z.object({ question: Text.pipe(z.string().trim().min(1).max(1_000)) });
export const PracticeWords = z.object({ text: z.string() });
