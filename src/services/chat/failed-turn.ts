import type { Run } from "#services/ai";
import type { NewDecision } from "#services/conversations";
import { detect } from "#services/escalation";
import { basisOf } from "./turn-basis.ts";

/** What the ledger keeps of a turn that was given up: that the agent failed, beside all that was measured before. */
export async function failedTurn(run: Run, sentence: string): Promise<NewDecision[]> {
  const { ruleSet, agent, knowledge, question, signals: before } = await basisOf(run);
  const signals = { ...before, aiFailure: { failed: true } };
  const { trace } = detect(ruleSet.rules, { text: question, signals });
  const versions = { rules: ruleSet.version, agent: agent.version, knowledge };
  return [
    {
      runId: run.id,
      phase: "after_answer",
      outcome: "escalate",
      reason: "ai_failure",
      sentence,
      trace,
      signals,
      versions,
    },
  ];
}
