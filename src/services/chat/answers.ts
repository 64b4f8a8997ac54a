import { bus } from "#lib/bus";
import { isAppError } from "#lib/errors";
import { loadLanguages } from "#lib/language";
import { type ModelClient, type Run, Runner, type RunOutcome, runStore, watchOvertaking } from "#services/ai";
import { append, findConversation, type NewMessage, publishFleeting } from "#services/conversations";
import { initiateEscalation, systemLine } from "#services/handover";
import { configuredModel } from "./configured-model.ts";
import { failedTurn } from "./failed-turn.ts";
import { isSettled } from "./handed-back.ts";
import { aheadOf, setChatRunner } from "./runner.ts";
import { takeTurn } from "./turn.ts";

/** Starts to answer customers in this process: runs that it commits itself at once, and what others leave. */
export function startAnswers(model: ModelClient | undefined = configuredModel()): Runner {
  const runner = new Runner({
    store: runStore,
    turn: (run, ports) => takeTurn(run, { ...ports, model, ahead: aheadOf(run) }),
    end: (run, ended) => endRun(run, ended, model),
    publish: (run, event) =>
      publishFleeting(placeOf(run), {
        ...event,
        conversationId: run.conversation_id,
        runId: run.id,
        messageId: run.message_id,
      }),
    // Platforms are sent whole answers alone.
    isSeen: async (run) => (await findConversation(placeOf(run), run.conversation_id)).channel === "web",
    watch: watchOvertaking(bus()),
    bus: bus(),
  });
  runner.start();
  setChatRunner(runner);
  // The first customer need not wait for it.
  void loadLanguages();
  return runner;
}

/** Stores the end of an answer that is not finished: what was shown stays, and a failure brings in a person. */
async function endRun(
  run: Run,
  { outcome, text }: { outcome: RunOutcome; text: string },
  model: ModelClient | undefined,
): Promise<void> {
  const who = { companyId: run.company_id };
  const conversation = await findConversation(who, run.conversation_id);
  const shown = text === "" ? [] : [unfinished(run, conversation.agentName, outcome, text)];
  const guard = { epoch: run.epoch, lastCustomerSeq: run.customer_seq };
  const settled = outcome === "failed" && (await isSettled(who, run.conversation_id, run.customer_seq));
  if (outcome === "failed" && !settled) {
    const sentence = "The assistant could not answer, so a person is needed.";
    await initiateEscalation(who, run.conversation_id, {
      reason: "ai_failure",
      sentence,
      // What made the turn fail may be in the way of this too: the person comes all the same.
      ...(await failedTurn(run, sentence, model).catch(() => undefined)),
      guard,
      words: shown,
      finish: { runId: run.id, fence: run.fence, state: "escalated", text },
    }).catch(ignoreConflict);
    return;
  }
  // What a person has just given back does not go to one again unasked.
  const broken = outcome === "interrupted" || settled;
  const state = outcome === "failed" ? "interrupted" : outcome;
  await append(conversation, {
    now: new Date(),
    guard: { state: "ACTIVE", ...guard },
    finish: { runId: run.id, fence: run.fence, state, text },
    messages: broken
      ? [
          ...shown,
          systemLine("This answer was interrupted. Ask again, or talk to a person.", {
            kind: "offer",
            reason: "ai_failure",
          }),
        ]
      : shown,
    offered: broken ? true : undefined,
  });
}

function unfinished(run: Run, name: string, outcome: RunOutcome, text: string): NewMessage {
  return {
    id: run.message_id,
    author: { kind: "agent", id: run.agent_id, name },
    text,
    answer: { runId: run.id, outcome: outcome === "stopped" ? "stopped" : "interrupted" },
  };
}

function ignoreConflict(error: unknown): void {
  if (!isAppError(error) || error.code !== "conflict") throw error;
}

function placeOf(run: Run) {
  return { companyId: run.company_id, conversationId: run.conversation_id };
}
