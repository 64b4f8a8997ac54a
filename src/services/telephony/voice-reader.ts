import { voicePaths } from "#contracts/calls";
import {
  Initiation,
  jsonOf,
  readAs,
  readCallProgress,
  readPostCall,
  type WebhookRequest,
} from "#services/channels";
import type { Beside, Told } from "#services/webhooks";
import { takeProgress, takeRinging } from "./call-progress.ts";
import { callersNumber } from "./callers-number.ts";
import { takeReport } from "./post-call.ts";

/** Reads what the platforms of calls deliver for a phone line; the rest is the line's own. Throws where it cannot be read. */
export const voiceReader: Beside = (request) => {
  const known = readers.find(([path]) => request.url.pathname.endsWith(path));
  return known?.[1](request);
};

const readers: [path: string, read: (request: WebhookRequest) => Told[]][] = [
  [voicePaths.initiation, readInitiation],
  [voicePaths.postCall, readReport],
  [voicePaths.callStatus, readStatus],
];

function readInitiation({ rawBody, now: at }: WebhookRequest): Told[] {
  const { caller_id: caller, call_sid: callSid, conversation_id } = readAs(Initiation, jsonOf(rawBody));
  if (callSid === undefined) return [];
  const ringing = { callSid, voiceConversationId: conversation_id, caller, at };
  return [{ line: lineOf(caller), take: (connection, now) => takeRinging(connection, ringing, now) }];
}

function readReport({ rawBody, now: at }: WebhookRequest): Told[] {
  const report = readPostCall(rawBody, at);
  if (report === undefined) return [];
  const line = lineOf(report.customerNumber);
  return [{ line, take: (connection, now) => takeReport(connection, report, now) }];
}

function readStatus(request: WebhookRequest): Told[] {
  const progress = readCallProgress(request);
  if (progress === undefined) return [];
  const line = lineOf(progress.customerNumber);
  return [{ line, take: (connection, now) => takeProgress(connection, progress, now) }];
}

// Named as the thread of the same customer's messages, so that all that comes from one phone keeps its order.
function lineOf(number: string | undefined): string {
  return callersNumber(number) ?? "withheld";
}
