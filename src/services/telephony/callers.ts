import type { LeadView } from "#contracts/telephony";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { enterThread, findThread, openThreadConversation } from "#services/chat";
import type { OpenConnection } from "#services/connections";
import { append, type ConversationRecord, next } from "#services/conversations";
import { systemLine } from "#services/handover";
import { leadOf } from "./leads.ts";

/**
 * The conversation in which calls with a number take place on a line: the one of its messages, made where they have not
 * written, opened again or begun anew where it has ended, as a message would. With the lead that the number is.
 */
export async function callersConversation(
  connection: OpenConnection,
  number: string,
  now = new Date(),
): Promise<{ conversation: ConversationRecord; lead: LeadView }> {
  const known = await findThread(connection, number);
  const thread =
    known ??
    (await enterThread(
      connection,
      { key: number, kind: "direct", address: addressOf(number) },
      { ids: [number], name: undefined },
    ));
  const conversation = await reopened(await openThreadConversation(connection, thread, now), now);
  const lead = await leadOf(connection, number);
  if (lead === undefined) throw new AppError("invalid", "This is no phone number that can be called.");
  return { conversation, lead };
}

/** Where messages to a number go, and where Twilio tells how far they came: it calls back over https alone. */
function addressOf(to: string): Record<string, string> {
  const statusCallback = new URL("/api/webhooks/twilio/sms/status", env.PUBLIC_BASE_URL);
  return statusCallback.protocol === "https:" ? { to, statusCallback: statusCallback.href } : { to };
}

async function reopened(conversation: ConversationRecord, now: Date): Promise<ConversationRecord> {
  const { state } = conversation;
  if (state !== "RESOLVED" && state !== "ABANDONED") return conversation;
  // Of two who open it at once the second finds it open.
  const { conversation: open } = await append(conversation, {
    now,
    change: { move: "reopen", state: next(state, "reopen", "ACTIVE") },
    messages: [{ ...systemLine("This conversation was opened again.", { kind: "reopened" }), silent: true }],
  });
  return open;
}
