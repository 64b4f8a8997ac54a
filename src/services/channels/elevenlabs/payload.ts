import { z } from "zod";

// ElevenLabs adds fields, and leaves out or nulls what it does not know.
const Maybe = z
  .string()
  .max(1_000)
  .nullish()
  .transform((text) => (text === null || text === "" ? undefined : text));
const Seconds = z
  .number()
  .nonnegative()
  .nullish()
  .transform((value) => value ?? undefined);

/** What ElevenLabs asks as a call comes in (elevenlabs.io/docs, "Twilio personalization"). */
export const Initiation = z.looseObject({
  caller_id: Maybe,
  agent_id: Maybe,
  called_number: Maybe,
  call_sid: Maybe,
  conversation_id: Maybe,
});

/** What tells one delivery after a call from another, whatever its kind. */
export const PostCallHead = z.looseObject({
  type: z.string().min(1).max(100),
  data: z.looseObject({ agent_id: z.string().min(1), conversation_id: z.string().min(1).max(200) }),
});

const PhoneCall = z.looseObject({
  direction: z.enum(["inbound", "outbound"]).nullish().catch(undefined),
  agent_number: Maybe,
  external_number: Maybe,
  call_sid: Maybe,
});

const Turn = z.looseObject({
  role: z.enum(["user", "agent"]).catch("agent"),
  message: z.string().nullish(),
  time_in_call_secs: Seconds,
  tool_calls: z
    .array(z.looseObject({ tool_name: z.string().max(200) }))
    .nullish()
    .catch(undefined),
});
export type Turn = z.output<typeof Turn>;

const Variables = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(undefined)
  .transform((values) => values ?? {});

/** What was said in a call, and what came of it (elevenlabs.io/docs, "Post-call webhooks"). */
export const Transcription = z.looseObject({
  event_timestamp: Seconds,
  data: z.looseObject({
    agent_id: z.string().min(1),
    conversation_id: z.string().min(1).max(200),
    status: Maybe,
    transcript: z.array(Turn).nullish(),
    metadata: z.looseObject({
      start_time_unix_secs: Seconds,
      accepted_time_unix_secs: Seconds,
      call_duration_secs: Seconds,
      cost: Seconds,
      termination_reason: Maybe,
      error: z.looseObject({ reason: Maybe }).nullish().catch(undefined),
      phone_call: PhoneCall.nullish(),
    }),
    analysis: z
      .looseObject({
        transcript_summary: z.string().nullish(),
        call_successful: z.enum(["success", "failure", "unknown"]).nullish().catch(undefined),
      })
      .nullish(),
    conversation_initiation_client_data: z.looseObject({ dynamic_variables: Variables }).nullish(),
    has_audio: z.boolean().nullish().catch(undefined),
  }),
});
export type Transcription = z.output<typeof Transcription>;

/** Why a call did not come about, with what Twilio or the SIP trunk said of it. */
export const InitiationFailure = z.looseObject({
  event_timestamp: Seconds,
  data: z.looseObject({
    agent_id: z.string().min(1),
    conversation_id: z.string().min(1).max(200),
    failure_reason: Maybe,
    metadata: z
      .looseObject({
        body: z
          .looseObject({ CallSid: Maybe, To: Maybe, From: Maybe, Direction: Maybe })
          .nullish()
          .catch(undefined),
      })
      .nullish()
      .catch(undefined),
  }),
});
export type InitiationFailure = z.output<typeof InitiationFailure>;
