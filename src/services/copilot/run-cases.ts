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

/** Asks the company's AI every test case, as it would answer now, and measures the answers; nothing is sent or stored. */
export async function runCases(who: Reader, model: ModelClient | undefined): Promise<RanCase[]> {
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
      inTurn(async () => ({
        question: row.question,
        result: await runCase(who, row, { house: await houseOnce(row.agentId), model }),
      })),
    ),
  );
}

async function runCase(
  who: Reader,
  row: CaseRow,
  { house, model }: { house: House; model: ModelClient | undefined },
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
    signal: AbortSignal.timeout(patienceMs),
    emit: () => undefined,
  });
  const wanted = { answer: row.answer, points: row.points, articleId: row.articleId ?? undefined };
  return { caseId: row.id, ...scoreAnswer(wanted, answer, language) };
}
