import { z } from "zod";
import type { WebhookRequest } from "#channels/channel";
import { readAs } from "#channels/json";
import type { CallDirection, CallStatus } from "#contracts/calls";
import { parametersOf } from "./payload.ts";

/** How far a call came, as Twilio tells it. */
export type CallProgress = {
  callSid: string;
  status: CallStatus;
  direction: CallDirection;
  customerNumber: string;
  durationSeconds: number | undefined;
  at: Date;
};

const Progress = z.looseObject({
  CallSid: z.string().min(1).max(100),
  CallStatus: z.string().min(1),
  From: z.string().min(1),
  To: z.string().min(1),
  Direction: z.string().default("inbound"),
  // Empty where there is none.
  CallDuration: z.coerce.number().int().nonnegative().optional().catch(undefined),
  Timestamp: z.string().optional(),
});

const statuses: Record<string, CallStatus> = {
  queued: "queued",
  initiated: "queued",
  ringing: "ringing",
  "in-progress": "in_progress",
  answered: "in_progress",
  completed: "completed",
  busy: "busy",
  "no-answer": "no_answer",
  failed: "failed",
  canceled: "canceled",
};

/**
 * Reads a status callback of a call (twilio.com/docs/voice/api/call-resource); undefined for a status that we do not know.
 * Throws where it cannot be read.
 */
export function readCallProgress(request: WebhookRequest): CallProgress | undefined {
  const told = readAs(Progress, parametersOf(request));
  const status = statuses[told.CallStatus];
  if (status === undefined) return undefined;
  const direction = told.Direction.startsWith("outbound") ? "outbound" : "inbound";
  const at = Date.parse(told.Timestamp ?? "");
  return {
    callSid: told.CallSid,
    status,
    direction,
    customerNumber: direction === "inbound" ? told.From : told.To,
    durationSeconds: told.CallDuration,
    at: Number.isNaN(at) ? request.now : new Date(at),
  };
}
