import type { PracticeCall, PracticeEnd } from "#contracts/practice";
import { renderParts } from "#services/channels";
import { explicitRequest } from "#services/escalation";
import type { OpenLine } from "./line.ts";

/** Credits that a second of a call costs here: a made-up price. */
const creditsPerSecond = 8;

/** What ElevenLabs posts after a call that was spoken (elevenlabs.io/docs, "Post-call webhooks"). */
export function afterCall({ config }: OpenLine, call: PracticeEnd, now: Date) {
  const seconds = Math.round(call.seconds);
  const ended = Math.floor(now.getTime() / 1_000);
  return {
    type: "post_call_transcription",
    event_timestamp: ended,
    data: {
      agent_id: config.voiceAgentId,
      conversation_id: call.voiceConversationId,
      status: "done",
      transcript: call.turns.map(({ author, text, at }) => ({
        role: author === "customer" ? "user" : "agent",
        message: text,
        time_in_call_secs: Math.round(at),
        tool_calls: null,
        tool_results: null,
      })),
      metadata: {
        start_time_unix_secs: ended - seconds,
        call_duration_secs: seconds,
        cost: seconds * creditsPerSecond,
        termination_reason: "Call ended by remote party",
        phone_call: {
          type: "twilio",
          direction: call.direction,
          phone_number_id: config.voicePhoneNumberId,
          agent_number: config.from,
          external_number: call.from,
          stream_sid: null,
          call_sid: call.callSid,
        },
      },
      analysis: {
        call_successful: outcomeOf(call),
        transcript_summary: summaryOf(call),
        data_collection_results: {},
        evaluation_criteria_results: {},
      },
      conversation_initiation_client_data: { dynamic_variables: call.variables },
    },
  };
}

/** What ElevenLabs posts of an outgoing call that nobody took. */
export function notReached({ config }: OpenLine, call: PracticeEnd, now: Date) {
  return {
    type: "call_initiation_failure",
    event_timestamp: Math.floor(now.getTime() / 1_000),
    data: {
      agent_id: config.voiceAgentId,
      conversation_id: call.voiceConversationId,
      failure_reason: call.how === "busy" ? "busy" : "no-answer",
      metadata: {
        type: "twilio",
        body: { CallSid: call.callSid, From: config.from, To: call.from, Direction: "outbound-api" },
      },
    },
  };
}

/** The first words of the voice agent, made of what it was given to know. */
export function greetingOf(variables: PracticeCall["variables"], agent: string): string {
  const company = String(variables.organization_name ?? "");
  const name = String(variables.customer_name ?? "");
  const known = variables.caller_type === "known" && name !== "" && name !== "the customer";
  const hello = `Hello${known ? ` ${name}` : ""}, this is ${agent}, the AI assistant of ${company}.`;
  const about = /^This call is about: (.+)$/m.exec(String(variables.conversation_context ?? ""))?.[1];
  if (about !== undefined) return `${hello} I am calling about this: ${about}`;
  return variables.has_conversation_history === true
    ? `${hello} Good to hear from you again. How can I help?`
    : `${hello} How can I help?`;
}

/** An answer as one would speak it: without formatting, addresses and numbers of sources. */
export function spoken(answer: string): string {
  const [first] = renderParts(answer, { dialect: "plain", maxLength: 700 });
  const words = (first?.plain ?? "")
    .replace(/\s*\[\d+\]/g, "")
    .replace(/\s*\(?https?:\/\/\S+\)?/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return words === "" ? "I am sorry, I do not know that." : words;
}

/** Whether somebody asks for a person, whom this voice agent cannot bring to the phone. */
export function wantsPerson(words: string): boolean {
  return explicitRequest(words).asks;
}

function outcomeOf({ turns }: PracticeEnd): "success" | "failure" | "unknown" {
  const said = turns.filter(({ author }) => author === "customer");
  if (said.length === 0) return "unknown";
  return said.some(({ text }) => wantsPerson(text)) ? "failure" : "success";
}

function summaryOf({ turns, direction }: PracticeEnd): string {
  const [first] = turns.filter(({ author }) => author === "customer");
  if (first === undefined) return "The customer said nothing.";
  const said = first.text.length > 160 ? `${first.text.slice(0, 159).trimEnd()}…` : first.text;
  const began = direction === "inbound" ? "The customer called" : "The customer was called and said";
  return `${began}: “${said}” It took ${turns.length} turns in all.`;
}
