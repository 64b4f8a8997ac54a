import { setImmediate as breath } from "node:timers/promises";
import type { Signals } from "#contracts/escalation";
import { read } from "#lib/db";
import { type AppError, isAppError } from "#lib/errors";
import type { CallReport } from "#services/channels";
import { type Hearing, hearCall, placing, ruleOf } from "#services/chat";
import {
  type AttributesChange,
  append,
  type ConversationRecord,
  findConversation,
  type NewDecision,
} from "#services/conversations";
import { detect } from "#services/escalation";
import { initiateEscalation, reopen } from "#services/handover";

type Spoken = Extract<CallReport, { kind: "spoken" }>;

/** What a call's words came to: whether a person has to come, and why, or why not, as the ledger keeps it. */
export type Judged = {
  decision: NewDecision;
  /** What the conversation carries into the queue; undefined where nobody has to come. */
  called:
    | { reason: NonNullable<NewDecision["reason"]>; attributes: AttributesChange | undefined }
    | undefined;
};

/** Tools by which a voice agent brings in a person; one that hands over to another agent is none. */
const escalating = /transfer_to_(?:number|human|person|operator)|escalat|hand_?(?:over|off)|human|operator/i;
/** Whoever speaks longer has been heard enough. */
const mostHeard = 300;
const heardAtOnce = 20;

/** Says whether a call needs a person now: its voice agent wanted one, a rule calls for one, or the customer asked and was not helped. */
export async function judgeCall(
  who: { companyId: string },
  conversationId: string,
  report: Spoken,
  now: Date,
): Promise<Judged> {
  const said = report.turns.flatMap(({ author, text }) => (author === "customer" ? [text] : []));
  const hearing = await hearCall(who, conversationId, said.join("\n").slice(0, 2_000), now);
  const found = judgedByTool(hearing, report) ?? (await judgedByWords(hearing, report));
  const { ruleId, reason, ...rest } = found;
  const { conversation, ruleSet, versions } = hearing;
  const decision: NewDecision = {
    ...rest,
    reason,
    phase: "before_answer",
    outcome: reason === undefined ? "none" : "escalate",
    versions,
  };
  if (reason === undefined) return { decision, called: undefined };
  const attributes = await placing(conversation, [ruleOf(ruleSet, ruleId)], found.signals.language);
  return { decision, called: { reason, attributes } };
}

/** Brings in a person after a call that needs one. A person who is there already stays; safe to say again. */
export async function bringIn(
  { companyId, id, head }: ConversationRecord,
  { decision, called }: Judged,
  now: Date,
): Promise<void> {
  if (called === undefined) return noteWhyNot({ companyId, id, head }, decision, now);
  const { sentence } = decision;
  const decisions = [{ ...decision, seq: head }];
  try {
    await initiateEscalation({ companyId }, id, { ...called, sentence, decisions, now });
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    await openAgain(companyId, id, error);
  }
}

type Found = Pick<NewDecision, "reason" | "sentence" | "trace"> & {
  signals: Signals;
  ruleId?: string | undefined;
};

function judgedByTool({ ruleSet, hear }: Hearing, { tools }: Spoken): Found | undefined {
  const tool = tools.find((name) => escalating.test(name));
  if (tool === undefined) return undefined;
  const signals = { ...hear(""), agentTool: { called: true, reason: tool.slice(0, 100) } };
  const { trace, ruleId } = detect(ruleSet.rules, { text: "", signals });
  const sentence = "On the phone, the voice agent passed the customer on to a person.";
  return { reason: "agent_tool", sentence, trace, signals, ruleId };
}

/** Who was helped in the end needs nobody for how the call went on the way. */
const overcome = new Set<Found["reason"]>(["sentiment", "circles", "conversation_length"]);

async function judgedByWords({ ruleSet, hear, pass }: Hearing, { turns, outcome }: Spoken): Promise<Found> {
  let heard = 0;
  let nearest: Found | undefined;
  for (const { author, text } of turns) {
    if (author !== "customer") {
      pass();
      continue;
    }
    if (heard === mostHeard) break;
    heard += 1;
    // A long call takes its time to be heard, and others want theirs.
    if (heard % heardAtOnce === 0) await breath();
    const signals = hear(text);
    const { outcome: verdict, ...found } = detect(ruleSet.rules, { text, signals });
    const { reason, ruleId, trace } = found;
    const passed = outcome === "success" && overcome.has(reason);
    if (verdict === "escalate" && reason !== undefined && !passed) {
      return { reason, sentence: `On the phone: ${found.sentence}`, trace, signals, ruleId };
    }
    // Who was helped in the end wants nobody any more; and an offer can be made to nobody who has hung up.
    if (signals.explicit?.asks && outcome !== "success") {
      const why = "On the phone, the customer asked for a person, and the call did not help them.";
      return { reason: "explicit_request", sentence: why, trace, signals, ruleId };
    }
    const sentence = verdict === "none" ? `On the phone: ${found.sentence}` : fruitless(found.sentence);
    if (nearest === undefined || closeness(trace) >= closeness(nearest.trace)) {
      nearest = { reason: undefined, sentence, trace, signals };
    }
  }
  return nearest ?? silence(ruleSet.rules, hear(""));
}

function fruitless(sentence: string): string {
  return `On the phone, and over: whoever has hung up is offered nobody. ${sentence}`;
}

function silence(rules: Parameters<typeof detect>[0], signals: Signals): Found {
  const { trace } = detect(rules, { text: "", signals });
  return { reason: undefined, sentence: "On the phone, the customer said nothing.", trace, signals };
}

function closeness(trace: NewDecision["trace"]): number {
  return Math.max(0, ...trace.map((line) => line.closeness ?? 0));
}

/** Leaves the call's line in the ledger where nobody has to come; told of again, it is left once. */
async function noteWhyNot(
  { companyId, id, head }: Pick<ConversationRecord, "companyId" | "id" | "head">,
  decision: NewDecision,
  now: Date,
): Promise<void> {
  const [noted] = await read(
    companyId,
    "SELECT FROM decision WHERE company_id = $1 AND conversation_id = $2 AND seq = $3 LIMIT 1",
    [companyId, id, head],
  );
  if (noted !== undefined) return;
  await append(await findConversation({ companyId }, id), { now, decisions: [{ ...decision, seq: head }] });
}

/** Closed while they were still speaking: whoever asked for a person is in line all the same. */
async function openAgain(companyId: string, conversationId: string, cause: AppError): Promise<void> {
  const { state } = await findConversation({ companyId }, conversationId);
  if (state === "WAITING_HUMAN" || state === "WITH_HUMAN") return;
  if (state === "ACTIVE") throw cause;
  await reopen({ kind: "system", companyId }, conversationId);
}
