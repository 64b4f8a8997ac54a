import { createHmac } from "node:crypto";
import twilio from "twilio";
import { env } from "#lib/env";

/** One phone number with a voice agent, and what its platforms sign with. */
export const line = {
  accountSid: `AC${"a1".repeat(16)}`,
  authToken: "an-auth-token-of-the-voice-line",
  from: "+15550100123",
  voiceAgentId: "agent_front_desk",
  voicePhoneNumberId: "phnum_front_desk",
  voiceApiKey: "xi-key-of-the-voice-line",
  voicePostCallSecret: "wsec_of_the_voice_line",
  voiceInitiationSecret: "initiation-secret-of-the-voice-line",
} as const;

export type Line = { [Name in keyof typeof line]: string };

/** A line of its own, so that two companies can be told apart. */
export function aLine(from: string): Line {
  const mark = from.slice(-6);
  return {
    ...line,
    from,
    authToken: `auth-token-${mark}`,
    voiceAgentId: `agent_${mark}`,
    voicePhoneNumberId: `phnum_${mark}`,
    voicePostCallSecret: `wsec_${mark}`,
    voiceInitiationSecret: `initiation-secret-${mark}`,
  };
}

/** A request as a platform posts it. */
export type Posted = { path: string; headers: Record<string, string>; body: string };

export const paths = {
  initiation: "/api/webhooks/elevenlabs/conversation-initiation",
  postCall: "/api/webhooks/elevenlabs/post-call",
  status: "/api/webhooks/twilio/voice/status",
};

export function aCallSid(): string {
  return `CA${crypto.randomUUID().replaceAll("-", "")}`;
}

export function aVoiceConversation(): string {
  return `conv_${crypto.randomUUID()}`;
}

/** What ElevenLabs asks while it rings, with the secret header that it was told to show. */
export function initiation(
  { from, voiceAgentId, voiceInitiationSecret }: Line,
  { caller, callSid = aCallSid() }: { caller: string; callSid?: string },
): Posted {
  return {
    path: paths.initiation,
    headers: { "content-type": "application/json", "x-baton-secret": voiceInitiationSecret },
    body: JSON.stringify({
      caller_id: caller,
      agent_id: voiceAgentId,
      called_number: from,
      call_sid: callSid,
    }),
  };
}

export type Spoken = [role: "user" | "agent", message: string | null, seconds: number, tool?: string];

export type Report = {
  customer?: string | undefined;
  direction?: "inbound" | "outbound";
  callSid?: string;
  conversationId?: string;
  turns?: Spoken[];
  startedAt?: Date;
  seconds?: number;
  cost?: number;
  summary?: string;
  outcome?: "success" | "failure" | "unknown";
  status?: string;
  variables?: Record<string, unknown>;
  hasAudio?: boolean;
  /** Laid over `data`, as ElevenLabs may one day say more, or less. */
  over?: Record<string, unknown>;
};

/** What ElevenLabs tells after a call, not signed yet (elevenlabs.io/docs, "Post-call webhooks"). */
export function transcription({ from, voiceAgentId }: Line, report: Report): Record<string, unknown> {
  const startedAt = report.startedAt ?? new Date(Date.now() - 60_000);
  const start = Math.floor(startedAt.getTime() / 1_000);
  const seconds = report.seconds ?? 40;
  return {
    type: "post_call_transcription",
    event_timestamp: start + seconds + 5,
    data: {
      agent_id: voiceAgentId,
      conversation_id: report.conversationId ?? aVoiceConversation(),
      status: report.status ?? "done",
      user_id: null,
      transcript: (report.turns ?? []).map(([role, message, time, tool]) => ({
        role,
        message,
        time_in_call_secs: time,
        tool_calls: tool === undefined ? [] : [{ request_id: "1", tool_name: tool, params_as_json: "{}" }],
        tool_results: [],
        feedback: null,
        conversation_turn_metrics: null,
      })),
      metadata: {
        start_time_unix_secs: start,
        call_duration_secs: seconds,
        cost: report.cost ?? 120,
        deletion_settings: {},
        termination_reason: "Client ended call",
        phone_call: {
          type: "twilio",
          direction: report.direction ?? "inbound",
          phone_number_id: "phnum_1",
          agent_number: from,
          external_number: report.customer,
          stream_sid: "MZ1",
          call_sid: report.callSid ?? aCallSid(),
        },
      },
      analysis: {
        evaluation_criteria_results: {},
        data_collection_results: {},
        call_successful: report.outcome ?? "success",
        transcript_summary: report.summary ?? "The customer asked about a delivery.",
      },
      conversation_initiation_client_data: { dynamic_variables: report.variables ?? {} },
      ...(report.hasAudio !== undefined && { has_audio: report.hasAudio }),
      ...report.over,
    },
  };
}

/** A call that did not come about, as ElevenLabs tells of it. */
export function notReached(
  { from, voiceAgentId }: Line,
  failure: { customer: string; reason: string; callSid?: string; conversationId?: string },
): Record<string, unknown> {
  return {
    type: "call_initiation_failure",
    event_timestamp: Math.floor(Date.now() / 1_000),
    data: {
      agent_id: voiceAgentId,
      conversation_id: failure.conversationId ?? aVoiceConversation(),
      failure_reason: failure.reason,
      metadata: {
        type: "twilio",
        body: {
          CallSid: failure.callSid ?? aCallSid(),
          CallStatus: failure.reason,
          Direction: "outbound-api",
          From: from,
          To: failure.customer,
        },
      },
    },
  };
}

/** Signs a body as ElevenLabs does, at a moment. */
export function signedPostCall(
  { voicePostCallSecret }: Line,
  payload: Record<string, unknown> | string,
  at = new Date(),
): Posted {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const seconds = Math.floor(at.getTime() / 1_000);
  const digest = createHmac("sha256", voicePostCallSecret).update(`${seconds}.${body}`).digest("hex");
  return {
    path: paths.postCall,
    headers: { "content-type": "application/json", "elevenlabs-signature": `t=${seconds},v0=${digest}` },
    body,
  };
}

/** A call as ElevenLabs tells of it afterwards, signed. */
export function postCall(of: Line, report: Report, at?: Date): Posted {
  return signedPostCall(of, transcription(of, report), at);
}

/** How far a call came, as Twilio tells it, signed (twilio.com/docs/voice/api/call-resource, "StatusCallback"). */
export function callStatus(
  { accountSid, authToken, from }: Line,
  told: {
    customer: string;
    status: string;
    callSid: string;
    direction?: "inbound" | "outbound-api";
    seconds?: number;
    sequence?: number;
    at?: Date;
  },
): Posted {
  const { customer, status, callSid, direction = "inbound", seconds, sequence = 0, at = new Date() } = told;
  const parameters: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: "2010-04-01",
    CallSid: callSid,
    CallStatus: status,
    Direction: direction,
    From: direction === "inbound" ? customer : from,
    To: direction === "inbound" ? from : customer,
    SequenceNumber: String(sequence),
    Timestamp: at.toUTCString(),
    CallbackSource: "call-progress-events",
    ...(seconds !== undefined && { CallDuration: String(seconds) }),
  };
  return signedByTwilio(authToken, paths.status, parameters);
}

/** A customer's SMS, as Twilio posts it to the address that all lines share. */
export function text(
  { accountSid, authToken, from }: Line,
  { customer, words, optOut }: { customer: string; words: string; optOut?: "STOP" | "START" },
): Posted {
  const path = "/api/webhooks/twilio/sms/incoming";
  const parameters: Record<string, string> = {
    AccountSid: accountSid,
    MessageSid: `SM${crypto.randomUUID().replaceAll("-", "")}`,
    From: customer,
    To: from,
    Body: words,
    NumMedia: "0",
    ...(optOut && { OptOutType: optOut }),
  };
  return signedByTwilio(authToken, path, parameters);
}

function signedByTwilio(authToken: string, path: string, parameters: Record<string, string>): Posted {
  const signature = twilio.getExpectedTwilioSignature(authToken, `${env.PUBLIC_BASE_URL}${path}`, parameters);
  return {
    path,
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-twilio-signature": signature,
    },
    body: new URLSearchParams(parameters).toString(),
  };
}
