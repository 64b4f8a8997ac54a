import type { DurableEvent, FleetingEvent, LiveEvent } from "#contracts/events";
import { bus } from "#lib/bus";
import type { ConversationRecord } from "./record.ts";
import { assignmentsTopic, companyTopic, conversationTopic, notificationsTopic } from "./topics.ts";
import { conversationRow, customerName, operatorRef } from "./view.ts";

/** What travels on the bus: an event, who may see it, and who caused it. */
export type Ring = {
  companyId: string;
  conversationId?: string;
  audience: "all" | "operators";
  event: LiveEvent;
  /** The stream of the window that caused the event, which knows it already. */
  from?: string;
  /** When it was committed, in milliseconds: streams measure their lag by it. */
  at?: number;
};

/** Rings for what one commit added to the log, and for the row that lists show of it. */
export function publishAppended(
  conversation: ConversationRecord,
  events: { event: DurableEvent; audience: "all" | "operators" }[],
  options: { from?: string; at?: number } = {},
): void {
  const { companyId, id: conversationId } = conversation;
  for (const { event, audience } of events) {
    const message = encode({ companyId, conversationId, audience, event, ...options });
    bus().publish(conversationTopic(conversationId), message);
    bus().publish(companyTopic(companyId), message);
    notify(conversation, event);
  }
  ring(companyTopic(companyId), {
    companyId,
    conversationId,
    audience: "operators",
    event: { type: "row", conversationId, row: conversationRow(conversation) },
  });
}

/** Rings for something fleeting in one conversation. */
export function publishFleeting(
  place: { companyId: string; conversationId: string },
  event: FleetingEvent,
  options: { audience?: "all" | "operators"; from?: string } = {},
): void {
  ring(conversationTopic(place.conversationId), {
    companyId: place.companyId,
    conversationId: place.conversationId,
    audience: options.audience ?? "all",
    event,
    from: options.from,
  });
}

/** Rings every window of a company's operators. */
export function publishToCompany(companyId: string, event: LiveEvent): void {
  ring(companyTopic(companyId), { companyId, audience: "operators", event });
}

function notify(conversation: ConversationRecord, event: DurableEvent): void {
  if (event.type === "delivery" || event.type === "attributes" || event.type === "call") return;
  const { companyId, id: conversationId, operatorId } = conversation;
  const customer = customerName({ id: conversation.contactId, name: conversation.contactName });
  const base = { companyId, conversationId, audience: "operators" as const };
  if (event.type === "message") {
    if (event.message.author.kind !== "customer" || operatorId === undefined) return;
    // On the phone the assistant has answered already.
    if (event.message.data?.kind === "spoken") return;
    ring(notificationsTopic(operatorId), {
      ...base,
      event: { type: "new_message", conversationId, customer, seq: event.seq },
    });
    return;
  }
  if (event.state.state === "WAITING_HUMAN") {
    const reason = event.reason ?? conversation.reason ?? "manual";
    ring(companyTopic(companyId), {
      ...base,
      event: { type: "new_escalation", conversationId, customer, reason },
    });
  }
  const given = event.move === "takeOver" && event.by?.id !== operatorId;
  if (operatorId !== undefined && (given || event.move === "transfer" || event.move === "accept")) {
    ring(assignmentsTopic(operatorId), {
      ...base,
      event: { type: "assignment", conversationId, operator: operatorRef(conversation), customer },
    });
  }
}

function ring(topic: string, message: Ring): void {
  bus().publish(topic, encode(message));
}

function encode(message: Ring): string {
  return JSON.stringify(message);
}
