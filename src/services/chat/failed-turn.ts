import type { ModelClient, Run } from "#services/ai";
import type { AttributesChange, NewDecision } from "#services/conversations";
import { detect } from "#services/escalation";
import { placing } from "./placing.ts";
import { basisOf, versionsOf } from "./turn-basis.ts";

type Failed = { decisions: NewDecision[]; attributes: AttributesChange | undefined };

/**
 * What the ledger keeps of a turn that was given up: that the agent failed, beside all that was measured before; and what
 * its conversation carries into the queue by the rules that watch for failures.
 */
export async function failedTurn(
  run: Run,
  sentence: string,
  model: ModelClient | undefined,
): Promise<Failed> {
  const basis = await basisOf(run);
  const { conversation, ruleSet, question, signals: before } = basis;
  const signals = { ...before, aiFailure: { failed: true } };
  const { trace } = detect(ruleSet.rules, { text: question, signals });
  const fired = new Set(
    trace.filter(({ fired, trigger }) => fired && trigger === "ai_failure").map(({ ruleId }) => ruleId),
  );
  const rules = ruleSet.rules.filter(({ id }) => fired.has(id));
  return {
    decisions: [
      {
        runId: run.id,
        phase: "after_answer",
        outcome: "escalate",
        reason: "ai_failure",
        sentence,
        trace,
        signals,
        versions: versionsOf(basis, model),
      },
    ],
    attributes: await placing(conversation, rules, signals.language),
  };
}
