import type { Signals, Verdict } from "#contracts/escalation";
import type { Assumed, TestedRules, TestedTurn, TestRulesBody } from "#contracts/rules";
import { read } from "#lib/db";
import { AppError } from "#lib/errors";
import { detect } from "./detect.ts";
import { recordedTurns } from "./recorded-turns.ts";
import { play } from "./replay.ts";
import { readSignals } from "./signals.ts";
import { triedRules } from "./tried-rules.ts";

/** How many turns of a conversation are tried: its newest. */
const MOST_TURNS = 100;

/**
 * Tries rules on a typed message or on a conversation that took place: which fire, which do not, and by how much they
 * missed. Throws `not_found` for a conversation or a draft that the company does not have.
 */
export async function testRules(
  companyId: string,
  { rules: tried, on }: TestRulesBody,
): Promise<TestedRules> {
  const { rules } = await triedRules(companyId, tried);
  if (on.kind === "text") {
    const verdict = detect(rules, { text: on.text, signals: assumedSignals(on.text, on.assume) });
    return answer([{ text: on.text, verdict }], { more: false });
  }
  const turns = await turnsOf(companyId, on.conversationId);
  const tested = [...play(rules, turns)].map(({ turn, verdict }): TestedTurn => {
    const { outcome, sentence, version } = turn.recorded;
    return {
      seq: turn.seq,
      at: turn.at.toISOString(),
      text: turn.text,
      verdict,
      recorded: { outcome, sentence, ...(version !== undefined && { version }) },
    };
  });
  return answer(tested.slice(-MOST_TURNS), { more: tested.length > MOST_TURNS });
}

async function turnsOf(companyId: string, conversationId: string) {
  const [found] = await read(companyId, "SELECT 1 FROM conversation WHERE company_id = $1 AND id = $2", [
    companyId,
    conversationId,
  ]);
  if (found === undefined) throw new AppError("not_found", "This conversation does not exist.");
  const turns = await recordedTurns(companyId, [conversationId], { words: true, sentences: true });
  return turns.get(conversationId) ?? [];
}

function assumedSignals(text: string, assumed: Assumed): Signals {
  const { messages = 1, sentiment, sameQuestion, confidence, alreadyOffered = false } = assumed;
  const read = readSignals(text, {
    customerTexts: [],
    messages: messages - 1,
    sentiments: assumed.earlierSentiments ?? [],
    confidences: assumed.earlierConfidences ?? [],
    alreadyOffered,
  });
  return {
    ...read,
    channel: assumed.channel ?? "web",
    topic: assumed.topic ?? "General",
    language: assumed.language,
    officeHours: assumed.officeHours,
    attributes: assumed.attributes ?? {},
    ...(sentiment !== undefined && { sentiment }),
    ...(sameQuestion !== undefined && { sameQuestion }),
    ...(confidence !== undefined && {
      confidence,
      agentTool: { called: false },
      aiFailure: { failed: false },
    }),
  };
}

function answer(turns: TestedTurn[], { more }: { more: boolean }): TestedRules {
  const at = turns.findIndex(({ verdict }) => verdict.outcome !== "none");
  const decisive: Verdict | undefined = turns[at]?.verdict ?? turns.at(-1)?.verdict;
  return {
    outcome: decisive?.outcome ?? "none",
    sentence: decisive?.sentence ?? "The AI has decided nothing in this conversation yet.",
    ...(at >= 0 && { decidedBy: at }),
    turns,
    more,
  };
}
