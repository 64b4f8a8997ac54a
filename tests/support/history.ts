import type { Move, State } from "#contracts/conversation";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { type Append, append, findConversation, type NewMessage } from "#services/conversations";
import { aConversation } from "#support/company";
import { othersCommitted } from "#support/database";

type Person = { userId: string; name: string };

/** What happens in a told conversation: somebody speaks, or its state moves. */
export type Happening =
  | "asks"
  | "thanks"
  | "agent"
  | { says: string }
  | { speaks: "customer" | "agent" }
  | { replies: Person }
  | { move: Move; state: State; by?: Person; reason?: "keyword" | "explicit_request"; rule?: string };

/** One thing that happens, so many seconds after the beginning. */
export type Line = [seconds: number, what: Happening];

/** Writes a conversation as if it had happened at its time, through the log itself. */
export async function aHistory(
  company: { companyId: string; agentId: string },
  beginning: Date,
  lines: Line[],
): Promise<{ conversationId: string; contactId: string }> {
  const { companyId } = company;
  const { conversationId, contactId } = await aConversation(company);
  for (const [seconds, what] of lines) {
    const now = new Date(beginning.getTime() + seconds * 1_000);
    const before = await findConversation({ companyId }, conversationId);
    await append(before, { now, ...commandOf(what, now) });
  }
  await othersCommitted();
  return { conversationId, contactId };
}

/** Gives a conversation attributes that need no entry of the log. */
export async function narrow(
  companyId: string,
  conversationId: string,
  data: { channel?: string; topic?: string; tags?: string[]; contactId?: string },
): Promise<void> {
  await withCompany(companyId, (tx) => tx.conversation.update({ where: { id: conversationId }, data }));
}

function commandOf(what: Happening, now: Date): Omit<Append, "now"> {
  if (what === "asks") return { messages: [said("customer", "Where is my parcel?")] };
  if (what === "thanks") return { messages: [said("customer", "Thank you!")] };
  if (what === "agent") return { messages: [said("agent", "It is on its way.")] };
  if ("speaks" in what) {
    const data = { kind: "spoken" as const, callId: newId() };
    return { messages: [{ ...said(what.speaks, "On the phone."), data }] };
  }
  if ("says" in what) return { messages: [said("customer", what.says)] };
  if ("replies" in what) {
    const { userId: id, name } = what.replies;
    return { messages: [{ author: { kind: "operator", id, name }, text: "Let me look." }] };
  }
  const { move, state, by, reason, rule } = what;
  const held = state === "WITH_HUMAN" ? { operatorId: by?.userId, operatorName: by?.name } : {};
  const mover = by && { kind: "operator" as const, id: by.userId, name: by.name };
  const waitingSince = state === "WAITING_HUMAN" ? now : undefined;
  const closedAt = state === "RESOLVED" || state === "ABANDONED" ? now : undefined;
  return {
    change: { move, state, reason, waitingSince, closedAt, by: mover, ...held },
    decisions: rule === undefined ? undefined : [decision(rule, reason)],
  };
}

function said(kind: "customer" | "agent", text: string): NewMessage {
  return { author: { kind }, text };
}

function decision(name: string, reason: "keyword" | "explicit_request" = "keyword") {
  const line = { ruleId: name, trigger: reason, name, enabled: true, input: "", fired: true, sentence: name };
  return {
    id: newId(),
    phase: "before_answer" as const,
    outcome: "escalate" as const,
    reason,
    sentence: name,
    trace: [line],
    signals: {},
    versions: {},
  };
}
