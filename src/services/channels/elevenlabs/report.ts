import { jsonOf, readAs } from "#channels/json";
import { InitiationFailure, PostCallHead, Transcription, type Turn } from "./payload.ts";

/** What was said once in a call, by whom and when. */
export type SpokenTurn = { author: "customer" | "agent"; text: string; at: Date };

/** What both kinds of report tell of the call they belong to. */
export type CallPlace = {
  voiceConversationId: string;
  callSid: string | undefined;
  direction: "inbound" | "outbound" | undefined;
  agentNumber: string | undefined;
  customerNumber: string | undefined;
  /** What the voice agent was given to know, our own marks among it. */
  variables: Record<string, unknown>;
};

/** A call as its voice agent tells of it afterwards. */
export type CallReport = CallPlace &
  (
    | {
        kind: "spoken";
        status: "completed" | "failed";
        startedAt: Date;
        answeredAt: Date | undefined;
        durationSeconds: number | undefined;
        cost: number | undefined;
        outcome: "success" | "failure" | "unknown";
        failureReason: string | undefined;
        summary: string | undefined;
        turns: SpokenTurn[];
        /** The tools that the voice agent reached for, whatever came of them. */
        tools: string[];
        recorded: boolean;
      }
    | { kind: "not_reached"; at: Date; status: "busy" | "no_answer" | "failed"; failureReason: string }
  );

/** A longer turn is told in several pieces. */
const longestTurn = 20_000;

/**
 * Reads a delivery after a call; undefined for a kind that tells nothing we keep, such as the call's audio. Throws where it
 * cannot be read.
 */
export function readPostCall(rawBody: Buffer, receivedAt: Date): CallReport | undefined {
  const body = jsonOf(rawBody);
  const { type } = readAs(PostCallHead, body);
  if (type === "post_call_transcription") return spoken(readAs(Transcription, body), receivedAt);
  if (type === "call_initiation_failure") return notReached(readAs(InitiationFailure, body), receivedAt);
  return undefined;
}

/** Reads the same of a conversation that ElevenLabs was asked for; undefined while it goes on. Throws where it cannot be read. */
export function readConversation(conversation: unknown, askedAt: Date): CallReport | undefined {
  const { data } = readAs(Transcription, { data: conversation });
  return data.status === "done" || data.status === "failed" ? spoken({ data }, askedAt) : undefined;
}

function spoken(
  { data, event_timestamp }: Pick<Transcription, "data"> & Partial<Transcription>,
  receivedAt: Date,
): CallReport {
  const { metadata, analysis, transcript } = data;
  const { phone_call: phone, call_duration_secs: durationSeconds, error } = metadata;
  const startedAt = startOf(metadata, event_timestamp, receivedAt);
  const turns = transcript ?? [];
  const hasFailed = data.status === "failed";
  return {
    kind: "spoken",
    status: hasFailed ? "failed" : "completed",
    voiceConversationId: data.conversation_id,
    callSid: phone?.call_sid,
    direction: phone?.direction ?? undefined,
    agentNumber: phone?.agent_number,
    customerNumber: phone?.external_number,
    variables: data.conversation_initiation_client_data?.dynamic_variables ?? {},
    startedAt,
    answeredAt: momentOf(metadata.accepted_time_unix_secs),
    durationSeconds,
    cost: metadata.cost,
    outcome: hasFailed ? "failure" : (analysis?.call_successful ?? "unknown"),
    failureReason: error?.reason ?? (hasFailed ? metadata.termination_reason : undefined),
    summary: analysis?.transcript_summary?.trim() || undefined,
    turns: turns.flatMap((turn) => saidIn(turn, startedAt)),
    tools: [...new Set(turns.flatMap(usedIn))],
    recorded: data.has_audio === true,
  };
}

function startOf(
  { start_time_unix_secs, call_duration_secs = 0 }: Transcription["data"]["metadata"],
  told: number | undefined,
  receivedAt: Date,
): Date {
  const ended = momentOf(told) ?? receivedAt;
  return momentOf(start_time_unix_secs) ?? new Date(ended.getTime() - call_duration_secs * 1_000);
}

function saidIn({ role, message, time_in_call_secs = 0 }: Turn, startedAt: Date): SpokenTurn[] {
  const text = message?.trim() ?? "";
  const author = role === "user" ? "customer" : "agent";
  const at = new Date(startedAt.getTime() + time_in_call_secs * 1_000);
  return pieces(text).map((piece) => ({ author, text: piece, at }));
}

// Never inside a pair of surrogates, which could not be kept.
function pieces(text: string): string[] {
  const found: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = /[\ud800-\udbff]/.test(rest[longestTurn - 1] ?? "") ? longestTurn - 1 : longestTurn;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return found;
}

function usedIn({ tool_calls }: Turn): string[] {
  return tool_calls?.map(({ tool_name }) => tool_name) ?? [];
}

const reasons: Record<string, { status: "busy" | "no_answer" | "failed"; words: string }> = {
  busy: { status: "busy", words: "The line was busy." },
  "no-answer": { status: "no_answer", words: "Nobody answered." },
};

function notReached({ data, event_timestamp }: InitiationFailure, receivedAt: Date): CallReport {
  const { failure_reason: reason = "unknown" } = data;
  const { CallSid: callSid, Direction, From, To } = data.metadata?.body ?? {};
  const direction = directionOf(Direction);
  const { status, words } = reasons[reason] ?? {
    status: "failed" as const,
    words: "The call could not be put through.",
  };
  return {
    kind: "not_reached",
    voiceConversationId: data.conversation_id,
    callSid,
    direction,
    agentNumber: direction === "inbound" ? To : From,
    customerNumber: direction === "inbound" ? From : To,
    variables: {},
    at: momentOf(event_timestamp) ?? receivedAt,
    status,
    failureReason: words,
  };
}

// Twilio tells `outbound-api` and `outbound-dial` apart, which is one to us.
function directionOf(told: string | undefined): CallPlace["direction"] {
  if (told === undefined) return undefined;
  return told === "inbound" ? "inbound" : "outbound";
}

function momentOf(seconds: number | undefined): Date | undefined {
  if (seconds === undefined) return undefined;
  const at = new Date(seconds * 1_000);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
