import { z } from "zod";
import { withCompany } from "#lib/db";
import { addJobWithin, isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import { type Channel, DeliveryFailure, outsideOf } from "#services/channels";
import { noteError, noteSent, type OpenConnection, openConnection } from "#services/connections";
import { append, findConversation } from "#services/conversations";
import {
  beginSending,
  hasPart,
  keepPart,
  nextOutgoing,
  type OutgoingMessage,
  waitAgain,
} from "./delivery-store.ts";
import { outgoingParts } from "./outgoing-parts.ts";
import { awaitTurn, pace } from "./pace.ts";
import { keyOf } from "./receipts.ts";
import { replyUntil, windowWords } from "./reply-window.ts";
import { hurryWaiting } from "./retry-all.ts";
import { mindUndelivered } from "./undelivered.ts";

export const DeliverJob = z.object({ companyId: z.uuid(), conversationId: z.uuid() });
type Place = z.infer<typeof DeliverJob>;

const minute = 60;
const hour = 60 * minute;
/** What is waited before each further try, in seconds: at first a customer sits there, then a platform is down for hours. */
const usualWaits = [
  1,
  2,
  4,
  8,
  16,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  hour,
  hour,
  2 * hour,
  2 * hour,
] as const;
/** From so many tries on whoever looks after the connection sees that it does not work. */
const manyTries = 4;

/**
 * Sends what a conversation has to say to its platform, in order, one after another: a message leaves when the one before
 * it has arrived, failed, or cannot be known. Runs once at a time for a conversation.
 */
export async function deliver(place: Place): Promise<void> {
  for (;;) {
    const message = await nextOutgoing(place.companyId, place.conversationId);
    if (message === undefined) return;
    if (isEnding()) return later(place, new Date());
    const connection = await openConnection(place.companyId, message.connectionId);
    if (await hasLeft(connection, message)) {
      await settleSent(message, place);
      continue;
    }
    if (message.state === "sending" && !(await leftBehind(connection, message))) continue;
    const now = new Date();
    if (message.nextAt !== undefined && message.nextAt > now) return later(place, message.nextAt);
    const refused = refusal(connection, message, now);
    if (refused !== undefined) {
      await settle(message, place, refused);
      continue;
    }
    const turn = await awaitTurn(connection, message.thread.key, message.messageId);
    if (turn !== undefined) return later(place, turn);
    if (!(await attempt(connection, message, place))) return;
  }
}

/** Whether all of a message has left already, as receipts may tell of one whose process died, or whose answers were lost. */
async function hasLeft({ adapter, companyId }: OpenConnection, message: OutgoingMessage): Promise<boolean> {
  if (message.leftParts.length === 0) return false;
  const parts = await outgoingParts(adapter, companyId, message).catch(() => undefined);
  return parts?.every((_, part) => message.leftParts.includes(part)) === true;
}

/**
 * A message that a process was sending when it died. Where the platform takes the same part twice for once it is sent
 * again; elsewhere nobody knows whether it arrived, and nobody sends it twice unasked.
 */
async function leftBehind(connection: OpenConnection, message: OutgoingMessage): Promise<boolean> {
  const { companyId } = connection;
  const now = new Date();
  if (connection.adapter.can.idempotent) {
    const words = "It was being sent when the server stopped.";
    await waitAgain(companyId, message.messageId, { nextAt: now, code: "stopped", words, now });
    return false;
  }
  const words = "The server stopped while it was being sent, so it is not known whether it arrived.";
  await settle(
    message,
    { companyId, conversationId: message.conversationId },
    new DeliveryFailure("unknown", "stopped", words),
  );
  return false;
}

/** Why a message need not be tried at all. */
function refusal(
  { adapter, state }: OpenConnection,
  { thread, author, template }: OutgoingMessage,
  now: Date,
): DeliveryFailure | undefined {
  if (state === "paused") return new DeliveryFailure("permanent", "paused", "This connection is paused.");
  if (state === "revoked") {
    return new DeliveryFailure(
      "permanent",
      "revoked",
      `${adapter.label} does not take our credentials: mend them in the settings.`,
    );
  }
  if (thread.blocked)
    return new DeliveryFailure("permanent", "blocked", "The customer has blocked us there.");
  if (thread.optedOut) {
    return new DeliveryFailure(
      "permanent",
      "opted_out",
      "The customer has opted out: they have to send START first.",
    );
  }
  const until = replyUntil(adapter, thread.lastCustomerAt, author);
  if (template !== undefined || until === undefined || now < until) return undefined;
  const way = adapter.can.template ? ": send a template" : "";
  return new DeliveryFailure(
    "permanent",
    "window",
    `Outside the ${windowWords(adapter, author)} window${way}.`,
  );
}

/** Tries once to send a message; false where the conversation has to wait. */
async function attempt(connection: OpenConnection, message: OutgoingMessage, place: Place): Promise<boolean> {
  const { adapter, config } = connection;
  const parts = await outgoingParts(adapter, place.companyId, message).catch((error: unknown) => {
    log.error({ err: error, channel: adapter.name }, "A message could not be made ready");
    return new DeliveryFailure("permanent", "internal", "A file of this message cannot be read any more.");
  });
  if (parts instanceof DeliveryFailure) {
    await settle(message, place, parts);
    return true;
  }
  if (parts.length === 0) {
    const words = `Nothing of this message can be shown on ${adapter.label}.`;
    await settle(message, place, new DeliveryFailure("permanent", "empty", words));
    return true;
  }
  if (!(await beginSending(place.companyId, message.messageId, new Date()))) return true;
  const missing = [...parts.entries()].filter(([part]) => !message.leftParts.includes(part));
  for (const [part, content] of missing) {
    try {
      if (part !== missing[0]?.[0]) await pace(connection, message.thread.key);
      const { externalId } = await adapter.send(
        {
          key: keyOf(message.messageId, part),
          thread: message.thread,
          author: message.author,
          content,
          replyToId: part === 0 ? message.replyToId : undefined,
          lastCustomerAt: message.thread.lastCustomerAt,
        },
        config,
        outsideOf(adapter.name),
      );
      await keepPart(connection, { messageId: message.messageId, part, externalId });
    } catch (error) {
      const failure = asFailure(error, adapter);
      // A receipt may have come instead of the answer.
      if (failure.kind === "unknown" && (await hasPart(place.companyId, message.messageId, part))) continue;
      return failed(connection, message, place, failure);
    }
  }
  await noteSent(connection, new Date());
  // It was down, and is no longer: what waits for a late try need not wait any more.
  if (message.attempts > 0) await hurryWaiting(connection);
  await settleSent(message, place);
  return true;
}

async function settleSent({ messageId }: OutgoingMessage, place: Place): Promise<void> {
  const conversation = await findConversation(place, place.conversationId);
  await append(conversation, { now: new Date(), delivery: { messageId, state: "sent" } });
}

async function failed(
  connection: OpenConnection,
  message: OutgoingMessage,
  place: Place,
  failure: DeliveryFailure,
): Promise<boolean> {
  const now = new Date();
  const again =
    failure.kind === "passing" || (failure.kind === "unknown" && connection.adapter.can.idempotent);
  const wait = (connection.adapter.can.waits ?? usualWaits)[message.attempts];
  if (again && wait !== undefined) {
    const nextAt = new Date(now.getTime() + waitFor(wait, failure.retryAfter));
    await waitAgain(place.companyId, message.messageId, {
      nextAt,
      code: failure.code,
      words: failure.message,
      now,
    });
    if (message.attempts + 1 >= manyTries) await noteError(connection, failure.message, now);
    await later(place, nextAt);
    return false;
  }
  await noteError(connection, failure.message, now, { revoked: failure.kind === "revoked" });
  await settle(message, place, failure);
  return true;
}

/** In milliseconds, with jitter; never earlier than the platform asks. */
function waitFor(seconds: number, retryAfter: number | undefined): number {
  return Math.max(seconds * 1_000 * (0.8 + Math.random() * 0.4), (retryAfter ?? 0) * 1_000);
}

async function settle({ messageId }: OutgoingMessage, place: Place, failure: DeliveryFailure): Promise<void> {
  const conversation = await findConversation(place, place.conversationId);
  const state = failure.kind === "unknown" ? "unknown" : "failed";
  await append(conversation, {
    now: new Date(),
    delivery: { messageId, state, code: failure.code, words: failure.message },
    jobs: [mindUndelivered({ ...place, messageId })],
  });
}

function asFailure(error: unknown, { label, name }: Channel): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  log.error({ err: error, channel: name }, "A message could not be sent");
  // The adapter itself failed, perhaps after the platform took it.
  return new DeliveryFailure(
    "unknown",
    "internal",
    `${label} could not be asked, so it is not known whether it arrived.`,
  );
}

async function later({ companyId, conversationId }: Place, runAt: Date): Promise<void> {
  // A key of its own: what is put in line meanwhile must not be put off to the time of what has to wait.
  const options = { runAt, key: `deliver-later:${conversationId}`, queue: `deliver:${conversationId}` };
  await withCompany(companyId, (tx) =>
    addJobWithin(tx, "message.deliver", { companyId, conversationId }, options),
  );
}
