import { setImmediate as breath } from "node:timers/promises";
import { type AppError, isAppError } from "#lib/errors";
import type { CallReport } from "#services/channels";
import { type ConversationRecord, findConversation, type NewDecision } from "#services/conversations";
import { currentRules, detect, readSignals } from "#services/escalation";
import { initiateEscalation, reopen } from "#services/handover";

type Spoken = Extract<CallReport, { kind: "spoken" }>;

/** Why a person has to come, as the ledger keeps it. */
export type Called = Pick<NewDecision, "sentence" | "trace" | "signals" | "versions"> & {
  reason: NonNullable<NewDecision["reason"]>;
};

/** Tools by which a voice agent brings in a person; one that hands over to another agent is none. */
const escalating = /transfer_to_(?:number|human|person|operator)|escalat|hand_?(?:over|off)|human|operator/i;
/** Whoever speaks longer has been heard enough. */
const mostHeard = 300;
const heardAtOnce = 20;

/** Why a call needs a person now: its voice agent wanted one, a rule calls for one, or the customer asked and was not helped. */
export async function calledBy(companyId: string, report: Spoken): Promise<Called | undefined> {
  const { rules, version } = await currentRules(companyId);
  const called = calledByTool(rules, report) ?? (await calledByWords(rules, report));
  return called && { ...called, versions: { rules: version } };
}

/** Brings in a person after a call that needs one. A person who is there already stays; safe to say again. */
export async function bringIn(
  { companyId, id }: ConversationRecord,
  called: Called,
  now: Date,
): Promise<void> {
  const { reason, sentence } = called;
  const decision = { ...called, phase: "before_answer", outcome: "escalate" } as const;
  try {
    await initiateEscalation({ companyId }, id, { reason, sentence, decisions: [decision], now });
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    await openAgain(companyId, id, error);
  }
}

type Rules = Awaited<ReturnType<typeof currentRules>>["rules"];
type Found = Omit<Called, "versions">;

function calledByTool(rules: Rules, { tools }: Spoken): Found | undefined {
  const tool = tools.find((name) => escalating.test(name));
  if (tool === undefined) return undefined;
  const signals = { ...signalsOf(""), agentTool: { called: true, reason: tool.slice(0, 100) } };
  const { trace } = detect(rules, { text: "", signals });
  const sentence = "On the phone, the voice agent passed the customer on to a person.";
  return { reason: "agent_tool", sentence, trace, signals };
}

async function calledByWords(rules: Rules, { turns, outcome }: Spoken): Promise<Found | undefined> {
  const heard = turns.filter(({ author }) => author === "customer").slice(0, mostHeard);
  for (const [n, { text }] of heard.entries()) {
    // A long call takes its time to be heard, and others want theirs.
    if (n % heardAtOnce === heardAtOnce - 1) await breath();
    const signals = signalsOf(text);
    const { outcome: verdict, reason, sentence, trace } = detect(rules, { text, signals });
    if (verdict === "escalate" && reason !== undefined) {
      return { reason, sentence: `On the phone: ${sentence}`, trace, signals };
    }
    // Who was helped in the end wants nobody any more; and an offer can be made to nobody who has hung up.
    if (signals.explicit?.asks && outcome !== "success") {
      const why = "On the phone, the customer asked for a person, and the call did not help them.";
      return { reason: "explicit_request", sentence: why, trace, signals };
    }
  }
  return undefined;
}

function signalsOf(text: string) {
  const history = { customerTexts: [], messages: 0, sentiments: [], confidences: [], alreadyOffered: false };
  return readSignals(text, history, { channel: "sms" });
}

/** Closed while they were still speaking: whoever asked for a person is in line all the same. */
async function openAgain(companyId: string, conversationId: string, cause: AppError): Promise<void> {
  const { state } = await findConversation({ companyId }, conversationId);
  if (state === "WAITING_HUMAN" || state === "WITH_HUMAN") return;
  if (state === "ACTIVE") throw cause;
  await reopen({ kind: "system", companyId }, conversationId);
}
