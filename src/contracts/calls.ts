import { z } from "zod";
import { Id, Moment } from "./primitives.ts";

export const CallDirection = z.enum(["inbound", "outbound"]);
export type CallDirection = z.infer<typeof CallDirection>;

/** How far a call came, in the order in which it moves; the last five are ends, and none follows another. */
export const CallStatus = z.enum([
  "queued",
  "ringing",
  "in_progress",
  "completed",
  "busy",
  "no_answer",
  "failed",
  "canceled",
]);
export type CallStatus = z.infer<typeof CallStatus>;

/** Whether a call is still going on. */
export function isLive(status: CallStatus): boolean {
  return status === "queued" || status === "ringing" || status === "in_progress";
}

/** What the voice agent's platform makes of a call: whether it reached what it was for. */
export const CallOutcome = z.enum(["success", "failure", "unknown"]);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** One phone call as windows show it, whole. */
export const CallView = z.object({
  id: Id,
  conversationId: Id,
  leadId: Id,
  /** The entry of the log at which it was first told of: there it stands among the messages. */
  seq: z.number().int().positive(),
  direction: CallDirection,
  status: CallStatus,
  startedAt: Moment,
  answeredAt: Moment.optional(),
  endedAt: Moment.optional(),
  durationSeconds: z.number().int().nonnegative().optional(),
  /** In credits of the voice agent's platform. */
  cost: z.number().nonnegative().optional(),
  outcome: CallOutcome.optional(),
  /** Why it did not come about, or not to its end, in words for operators. */
  failureReason: z.string().optional(),
  recordingUrl: z.url({ protocol: /^https?$/ }).optional(),
  summary: z.string().optional(),
  /** What an outgoing call was made for, and by whom. */
  context: z.string().optional(),
  requestedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  /** The AI agent who is on the phone, while it lasts. */
  liveWith: z.object({ id: Id, name: z.string() }).optional(),
});
export type CallView = z.infer<typeof CallView>;

/** The call that goes on in a conversation now, as lists show it. */
export const LiveCall = CallView.pick({ id: true, direction: true, status: true, startedAt: true });
export type LiveCall = z.infer<typeof LiveCall>;

/** So many of a conversation's calls come at once where nobody says how many. */
export const callsAPage = 50;

export const CallQuery = z.object({
  /** Calls that were first told of before this entry of the log. */
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(callsAPage),
});

/** The calls of one conversation, newest first. */
export const CallList = z.object({ calls: z.array(CallView) });

export const CallPath = z.object({ callId: Id });

/** Where the platforms of phone calls deliver: the same for all companies, whose secrets tell them apart. */
export const voicePaths = {
  initiation: "/api/webhooks/elevenlabs/conversation-initiation",
  postCall: "/api/webhooks/elevenlabs/post-call",
  callStatus: "/api/webhooks/twilio/voice/status",
} as const;
