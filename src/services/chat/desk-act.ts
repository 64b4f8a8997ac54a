import type { Assignee, BulkAction, DeskAction } from "#contracts/desk-actions";
import { AppError } from "#lib/errors";
import type { Staff } from "#services/accounts";
import {
  type ConversationRecord,
  changeTags,
  endSnooze,
  findConversation,
  setContactAttributes,
  snooze,
  tagsThatChange,
} from "#services/conversations";
import { accept, assignToOperator, reopen, resolve, takeOver } from "#services/handover";
import { handOver, operatorRead } from "./operator-acts.ts";

/** Everything but words: those are said with what is known of the customer (macro-run). */
type Act = Exclude<DeskAction, { text: string }>;

/** What takes an action back; nothing where it changed nothing, or nothing does. */
type Undo = BulkAction | undefined;

/** Does one thing of an operator's desk through the service that does it anyway, and answers what would take it back. */
export async function act(who: Staff, conversationId: string, action: Act, now: Date): Promise<Undo> {
  const before = await findConversation(who, conversationId);
  switch (action.kind) {
    case "tag":
      return tag(who, before, action, now);
    case "assign":
      return assign(who, before, action);
    case "snooze":
      return putAside(who, before, action, now);
    case "wake":
      await endSnooze(who, conversationId, now);
      return before.snoozedUntil === undefined ? undefined : { kind: "snooze", until: before.snoozedUntil };
    case "resolve":
      await resolve(who, conversationId);
      return { kind: "reopen", to: holderOf(before) };
    case "read":
      await operatorRead(who, conversationId, before.head);
      return undefined;
    case "reopen":
      await openAgain(who, before, action.to);
      return { kind: "resolve" };
    case "attribute":
      await setContactAttributes(who, before.contactId, { attributes: { [action.name]: action.value } });
      return undefined;
  }
}

async function tag(
  who: Staff,
  before: ConversationRecord,
  action: { add: string[]; remove: string[] },
  now: Date,
): Promise<Undo> {
  const { added, removed } = tagsThatChange(before.tags, action);
  if (added.length + removed.length === 0) return undefined;
  await changeTags(who, before.id, action, now);
  return { kind: "tag", add: removed, remove: added };
}

async function putAside(
  who: Staff,
  before: ConversationRecord,
  { until, minutes = 0 }: { until?: string | undefined; minutes?: number | undefined },
  now: Date,
): Promise<Undo> {
  const moment = until === undefined ? new Date(now.getTime() + minutes * 60_000) : new Date(until);
  await snooze(who, before.id, moment, now);
  return before.snoozedUntil === undefined
    ? { kind: "wake" }
    : { kind: "snooze", until: before.snoozedUntil };
}

async function assign(
  who: Staff,
  before: ConversationRecord,
  { to, note }: { to: Assignee; note?: string | undefined },
): Promise<Undo> {
  if (isHeldBy(before, to, who)) return undefined;
  await giveTo(who, before, to, note);
  const holder = holderOf(before);
  return holder === undefined ? undefined : { kind: "assign", to: holder };
}

async function giveTo(
  who: Staff,
  { id, state }: ConversationRecord,
  to: Assignee,
  note?: string,
): Promise<void> {
  switch (to.kind) {
    case "me":
      await takeFor(who, { id, state }, note);
      return;
    case "queue":
      // Everyone is a team as well: it carries the company's id.
      await handOver(who, id, { to: { kind: "team", teamId: who.companyId }, note });
      return;
    default:
      await handOver(who, id, { to, note });
  }
}

async function takeFor(
  who: Staff,
  { id, state }: Pick<ConversationRecord, "id" | "state">,
  note?: string,
): Promise<void> {
  if (who.kind !== "operator")
    throw new AppError("forbidden", "An API key cannot hold a conversation: name an operator.");
  if (state === "WAITING_HUMAN") await accept(who, id);
  else if (state === "ACTIVE") await takeOver(who, id);
  else await assignToOperator(who, id, who.userId, note);
}

async function openAgain(who: Staff, before: ConversationRecord, to: Assignee | undefined): Promise<void> {
  await reopen(who, before.id);
  if (to === undefined || to.kind === "queue") return;
  await giveTo(who, await findConversation(who, before.id), to);
}

function isHeldBy({ state, operatorId, teamId }: ConversationRecord, to: Assignee, who: Staff): boolean {
  switch (to.kind) {
    case "me":
      return who.kind === "operator" && operatorId === who.userId;
    case "operator":
      return operatorId === to.operatorId;
    case "team":
      return state === "WAITING_HUMAN" && teamId === to.teamId;
    case "queue":
      return state === "WAITING_HUMAN" && teamId === undefined;
    case "ai":
      return state === "ACTIVE";
  }
}

function holderOf({ state, operatorId, teamId }: ConversationRecord): Assignee | undefined {
  if (operatorId !== undefined) return { kind: "operator", operatorId };
  if (state === "ACTIVE") return { kind: "ai" };
  if (state !== "WAITING_HUMAN") return undefined;
  return teamId === undefined ? { kind: "queue" } : { kind: "team", teamId };
}
