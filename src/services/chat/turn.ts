import { toldName } from "#contracts/canned-words";
import type { RuleWords, Signals, Verdict } from "#contracts/escalation";
import { withCompany } from "#lib/db";
import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import type { RunRecord } from "#lib/sweeps";
import { type AnswerResult, answerTurn, type ModelClient } from "#services/ai";
import { append, type ConversationRecord, type NewDecision, type NewMessage } from "#services/conversations";
import { detect } from "#services/escalation";
import { returnToPerson, systemLine } from "#services/handover";
import { earlierSummary } from "./earlier-summary.ts";
import { verdictAfter } from "./handed-back.ts";
import { placing, ruleOf } from "./placing.ts";
import { showRead, startTyping } from "./platform-signs.ts";
import { type Ahead, type Basis, basisOf, versionsOf } from "./turn-basis.ts";
import { afterAnswer, beforeModel } from "./turn-signals.ts";

export type TurnPorts = {
  model: ModelClient | undefined;
  signal: AbortSignal;
  emit(piece: { text: string }): void;
  /** What was read while the words were being stored. */
  ahead?: Ahead | undefined;
};

type Setting = Pick<Basis, "conversation" | "ruleSet" | "signals"> & {
  run: RunRecord;
  versions: Record<string, unknown>;
};

const offeredOnRequest =
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
  const { conversation, agent, ruleSet, question, history } = basis;
  const { signals: before, verdict: first } = ports.model === undefined ? basis : beforeModel(basis);
  const versions = versionsOf(basis, ports.model);
  const setting: Setting = { run, conversation, ruleSet, signals: basis.signals, versions };
  const firstDecision = decision("before_answer", first, before, versions);
  if (first.outcome === "escalate") return escalate(setting, first, [firstDecision]);
  if (first.outcome === "offer" && first.reason === "explicit_request") {
    const offerWords = ruleSet.words.explicit_request?.offer ?? offeredOnRequest;
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
    handedBack: basis.handedBack,
    // Only a model can make use of it.
    earlier: ports.model && (await earlierSummary(conversation)),
    customerName: toldName(conversation.contactName) || undefined,
    knowledge: {
      search: basis.search,
      url: (hit) => `${env.PUBLIC_BASE_URL}/help/${run.company_id}/${hit.slug}#${hit.anchor}`,
    },
    model: ports.model,
    signal: ports.signal,
    emit: ports.emit,
  });
  ports.signal.throwIfAborted();

  const after = afterAnswer(before, basis.signals, answer);
  const second = verdictAfter(basis, detect(ruleSet.rules, { text: question, signals: after }), answer);
  const decisions = [firstDecision, decision("after_answer", second, after, versions, answer)];
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
  { run, conversation, ruleSet, signals, versions }: Setting,
  verdict: Verdict,
  decisions: NewDecision[],
  answer?: AnswerResult,
): Promise<void> {
  const words =
    answer === undefined || answer.text === "" ? [] : [answerMessage(run, answer, conversation.agentName)];
  try {
    // What is outside of a hand-back's scope goes to whoever gave it; all else to whoever is next.
    const person = answer?.returns === undefined ? undefined : conversation.scope?.by;
    await returnToPerson({ companyId: run.company_id }, conversation.id, person, {
      reason: verdict.reason ?? "manual",
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
      attributes: await placing(conversation, [ruleOf(ruleSet, verdict.ruleId)], signals.language),
    });
  } catch (error) {
    // Someone took over, or the customer wrote on, while the turn was being decided: then there is nothing left to do.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
}

async function finish(
  { run, conversation, ruleSet }: Setting,
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
  // Whoever is left without a word is told so, and what they can do.
  const wordless = end.text === "";
  const line = wordless ? wordlessLine() : offer && offerLine(offer, ruleSet.words);
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
    messages: [wordless ? [] : message, line ?? []].flat(),
    offered: line === undefined ? undefined : true,
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

function wordlessLine(): NewMessage {
  return systemLine("The assistant cannot answer this right now. Ask again, or talk to a person.", {
    kind: "offer",
    reason: "ai_failure",
  });
}

function offerLine({ reason }: Verdict, words: RuleWords): NewMessage {
  // Whoever asked has been told already, in the answer.
  const own = reason === undefined || reason === "explicit_request" ? undefined : words[reason]?.offer;
  return {
    ...systemLine(own ?? "Would you like to talk to a person?", { kind: "offer", reason }),
    choices: ["Talk to a person", "No, thanks"],
  };
}

function answerMessage(run: RunRecord, answer: AnswerResult, name: string): NewMessage {
  return {
    id: run.message_id,
    author: { kind: "agent", id: run.agent_id, name },
    text: answer.text,
    sources: answer.sources.length === 0 ? undefined : answer.sources,
    data: answer.data,
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
    reason: verdict.reason,
    sentence: verdict.sentence,
    trace: verdict.trace,
    signals: answer === undefined ? signals : { ...signals, confidenceParts: answer.confidence.parts },
    versions,
  };
}
