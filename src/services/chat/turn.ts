import type { EscalationReason } from "#contracts/conversation";
import type { Signals, Verdict } from "#contracts/escalation";
import { withCompany } from "#lib/db";
import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import type { RunRecord } from "#lib/sweeps";
import { type AnswerResult, answerTurn, type ModelClient } from "#services/ai";
import { append, type ConversationRecord, type NewDecision, type NewMessage } from "#services/conversations";
import { detect } from "#services/escalation";
import { initiateEscalation, systemLine } from "#services/handover";
import { showRead, startTyping } from "./platform-signs.ts";
import { type Ahead, type Basis, basisOf } from "./turn-basis.ts";

export type TurnPorts = {
  model: ModelClient | undefined;
  signal: AbortSignal;
  emit(piece: { text: string }): void;
  /** What was read while the words were being stored. */
  ahead?: Ahead | undefined;
};

type Setting = Pick<Basis, "conversation"> & { run: RunRecord; versions: Record<string, unknown> };

const offerWords =
  "Of course. I can connect you with a person from our team. Press the button below, or keep asking me in the meantime.";

/**
 * Answers one customer message, or brings in a person: the detector before the answer, the answer, the detector after it.
 * Everything ends in one commit that holds only while nobody took over and the customer has not written on.
 */
export async function takeTurn(run: RunRecord, ports: TurnPorts): Promise<void> {
  const basis = (await stillGood(ports.ahead, run)) ?? (await basisOf(run));
  showRead(basis.conversation);
  const stopTyping = startTyping(basis.conversation);
  try {
    await answerOn(basis, run, ports);
  } finally {
    stopTyping();
  }
}

async function answerOn(basis: Basis, run: RunRecord, ports: TurnPorts): Promise<void> {
  const { conversation, agent, rules, question, history, signals: before, verdict: first } = basis;
  const versions = {
    rules: basis.rulesVersion,
    agent: agent.version,
    model: ports.model?.name ?? "keyless",
  };
  const setting: Setting = { run, conversation, versions };
  const firstDecision = decision("before_answer", first, before, versions);
  if (first.outcome === "escalate") return escalate(setting, first, [firstDecision]);
  if (first.outcome === "offer" && first.reason === "explicit_request") {
    ports.emit({ text: offerWords });
    // An empty piece has the runner send what it gathered, so that what was streamed is what is stored.
    ports.emit({ text: "" });
    await finish(setting, {
      text: offerWords,
      decisions: [firstDecision],
      offer: first,
      confidence: undefined,
    });
    return;
  }

  const answer = await answerTurn({
    agent: { id: run.agent_id, name: agent.name, instructions: agent.instructions },
    companyName: agent.company,
    companyOrigins: [...agent.allowed_origins, new URL(env.PUBLIC_BASE_URL).origin],
    history,
    question,
    language: agent.language,
    offered: conversation.offered,
    customerName: conversation.contactName === "" ? undefined : conversation.contactName,
    knowledge: {
      search: basis.search,
      url: (hit) => `${env.PUBLIC_BASE_URL}/help/${run.company_id}/${hit.slug}#${hit.anchor}`,
    },
    model: ports.model,
    signal: ports.signal,
    emit: ports.emit,
  });
  ports.signal.throwIfAborted();

  const after: Signals = { ...before, ...measured(answer) };
  const second = detect(rules, { text: question, signals: after });
  const decisions = [firstDecision, decision("after_answer", second, { ...after }, versions, answer)];
  if (second.outcome === "escalate") return escalate(setting, second, decisions, answer);
  await finish(setting, {
    text: answer.text,
    answer,
    decisions,
    offer: second.outcome === "offer" ? second : undefined,
    confidence: answer.confidence.value,
  });
}

/** What was read ahead, where the words came right after it and nobody took over in between. */
async function stillGood(ahead: Ahead | undefined, run: RunRecord): Promise<Basis | undefined> {
  if (ahead?.head !== run.customer_seq - 1 || ahead.epoch !== run.epoch) return undefined;
  return ahead.basis;
}

async function escalate(
  { run, conversation, versions }: Setting,
  verdict: Verdict,
  decisions: NewDecision[],
  answer?: AnswerResult,
): Promise<void> {
  const words =
    answer === undefined || answer.text === "" ? [] : [answerMessage(run, answer, conversation.agentName)];
  try {
    await initiateEscalation({ companyId: run.company_id }, conversation.id, {
      reason: (verdict.reason ?? "manual") as EscalationReason,
      sentence: verdict.sentence,
      decisions: decisions.map((each) => ({ ...each, runId: run.id })),
      guard: { epoch: run.epoch, lastCustomerSeq: run.customer_seq },
      finish: {
        runId: run.id,
        fence: run.fence,
        state: "escalated",
        text: answer?.text,
        detail: { versions },
      },
      words,
    });
  } catch (error) {
    // Someone took over, or the customer wrote on, while the turn was being decided: then there is nothing left to do.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
}

async function finish(
  { run, conversation }: Setting,
  end: {
    text: string;
    answer?: AnswerResult;
    decisions: NewDecision[];
    offer: Verdict | undefined;
    confidence: number | undefined;
  },
): Promise<void> {
  const { answer, offer } = end;
  const message: NewMessage =
    answer === undefined
      ? {
          id: run.message_id,
          author: agentAuthor(conversation),
          text: end.text,
          answer: { runId: run.id, outcome: "complete" },
        }
      : answerMessage(run, answer, conversation.agentName);
  const { outcome } = await append(conversation, {
    now: new Date(),
    guard: { state: "ACTIVE", epoch: run.epoch, lastCustomerSeq: run.customer_seq },
    finish: {
      runId: run.id,
      fence: run.fence,
      state: "complete",
      text: end.text,
      model: answer?.model,
      detail: answer === undefined ? {} : { confidence: answer.confidence, usage: answer.usage },
    },
    messages: offer === undefined ? [message] : [message, offerLine(offer)],
    offered: offer === undefined ? undefined : true,
    decisions: end.decisions.map((each) => ({ ...each, runId: run.id })),
  });
  if (outcome === "conflict") await keepLate(run, end.text);
}

/** Keeps, for the ledger alone, an answer that came too late to be said. */
async function keepLate(run: RunRecord, text: string): Promise<void> {
  await withCompany(run.company_id, (tx) =>
    tx.run.updateMany({ where: { id: run.id, fence: run.fence, state: "superseded" }, data: { text } }),
  );
}

function offerLine(verdict: Verdict): NewMessage {
  const reason = verdict.reason as EscalationReason | undefined;
  return {
    ...systemLine("Would you like to talk to a person?", { kind: "offer", reason }),
    choices: ["Talk to a person", "No, thanks"],
  };
}

function answerMessage(run: RunRecord, answer: AnswerResult, name: string): NewMessage {
  return {
    id: run.message_id,
    author: { kind: "agent", id: run.agent_id, name },
    text: answer.text,
    sources: answer.sources.length === 0 ? undefined : answer.sources,
    answer: {
      runId: run.id,
      confidence: answer.confidence.value,
      outcome: answer.outcome === "complete" ? "complete" : "interrupted",
      model: answer.model,
    },
  };
}

function agentAuthor(conversation: ConversationRecord) {
  return { kind: "agent" as const, id: conversation.agentId, name: conversation.agentName };
}

function decision(
  phase: NewDecision["phase"],
  verdict: Verdict,
  signals: Signals,
  versions: Record<string, unknown>,
  answer?: AnswerResult,
): NewDecision {
  return {
    phase,
    outcome: verdict.outcome,
    reason: verdict.reason as EscalationReason | undefined,
    sentence: verdict.sentence,
    trace: verdict.trace,
    signals: answer === undefined ? signals : { ...signals, confidenceParts: answer.confidence.parts },
    versions,
  };
}

function measured(answer: AnswerResult): Partial<Signals> {
  const failed = answer.outcome === "failed" && answer.failure?.recovered !== true;
  return {
    confidence: answer.kind === "small_talk" ? undefined : answer.confidence.value,
    agentTool: { called: answer.escalate !== undefined, reason: answer.escalate?.reason.slice(0, 500) },
    aiFailure: { failed, kind: answer.failure?.kind },
  };
}
