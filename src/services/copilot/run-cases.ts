import { CaseHistory, type CaseResult } from "#contracts/copilot";
import { sideBySide } from "#lib/side-by-side";
import { answerTurn, type ModelClient } from "#services/ai";
import type { Reader } from "#services/conversations";
import { warmCorpus } from "#services/knowledge";
import { scoreAnswer } from "./score.ts";
import { type House, houseOf, knowledgeOf } from "./setting.ts";
import { allTestCases, type CaseRow } from "./test-cases.ts";

/** A case with how it went. */
export type RanCase = { question: string; result: CaseResult };

const mostAtOnce = 4;
const patienceMs = 60_000;

type Watching = {
  /** Aborted, no further case is asked, and the run throws its reason. */
  signal?: AbortSignal;
  /** Hears each result as it comes. */
  onResult?: (result: CaseResult) => Promise<void>;
};

/** Asks the company's AI every test case, as it would answer now, and measures the answers; nothing is sent or stored. */
export async function runCases(
  who: Reader,
  model: ModelClient | undefined,
  { signal = new AbortController().signal, onResult }: Watching = {},
): Promise<RanCase[]> {
  const [cases] = await Promise.all([allTestCases(who), warmCorpus(who)]);
  const inTurn = sideBySide(mostAtOnce);
  const houses = new Map<string, Promise<House>>();
  const houseOnce = (agentId: string) => {
    const known = houses.get(agentId) ?? houseOf(who, agentId);
    houses.set(agentId, known);
    return known;
  };
  return Promise.all(
    cases.map((row) =>
      inTurn(async () => {
        signal.throwIfAborted();
        const result = await runCase(who, row, { house: await houseOnce(row.agentId), model, signal });
        await onResult?.(result);
        return { question: row.question, result };
      }),
    ),
  );
}

/** What stands for who answered in a run. */
export function nameOf(model: ModelClient | undefined): string {
  return model?.name ?? "keyless";
}

async function runCase(
  who: Reader,
  row: CaseRow,
  { house, model, signal }: { house: House; model: ModelClient | undefined; signal: AbortSignal },
): Promise<CaseResult> {
  const { agent, companyName, origins } = house;
  const { language } = agent;
  const answer = await answerTurn({
    agent,
    companyName,
    companyOrigins: origins,
    history: CaseHistory.parse(row.history),
    question: row.question,
    language,
    knowledge: knowledgeOf(who, language),
    model,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    emit: () => undefined,
  });
  const wanted = { answer: row.answer, points: row.points, articleId: row.articleId ?? undefined };
  return { caseId: row.id, ...scoreAnswer(wanted, answer, language) };
}
