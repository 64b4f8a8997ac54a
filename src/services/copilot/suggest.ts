import type { CopilotState, Emphasis, ModelState, Suggestion, SuggestionEvent } from "#contracts/copilot";
import { log } from "#lib/log";
import type { Staff } from "#services/accounts";
import { type Found, lookUp, type ModelClient } from "#services/ai";
import { cannedDrafts, filledIn, passageDrafts } from "./keyless-draft.ts";
import { draftWithModel } from "./model-draft.ts";
import type { CopilotPorts } from "./ports.ts";
import { type Setting, settingOf } from "./setting.ts";
import { sharedMaking } from "./shared.ts";
import { keepSuggestion, mostOptions, suggestionsFor } from "./store.ts";
import type { Turn } from "./turn.ts";

/** What stands in the co-pilot's panel before anything is asked of it. Throws `not_found`. */
export async function copilotState(
  who: Staff,
  conversationId: string,
  { model }: Pick<CopilotPorts, "model">,
): Promise<CopilotState> {
  const { turn } = await settingOf(who, conversationId);
  const known = turn && (await suggestionsFor(who, { conversationId, forSeq: turn.seq }));
  return {
    model: model === undefined ? "missing" : "ready",
    question: turn?.question,
    waiting: turn?.waiting ?? false,
    suggestions: known?.suggestions ?? [],
  };
}

/**
 * Opens the suggestions for the customer's newest words: those that were made already, or else new ones while they are
 * written. Nothing is sent to the customer. Throws `not_found`; what goes wrong later is told by the stream.
 */
export async function streamSuggestion(
  who: Staff,
  conversationId: string,
  ports: CopilotPorts,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<(signal: AbortSignal) => AsyncIterable<SuggestionEvent>> {
  const setting = await settingOf(who, conversationId);
  const { turn } = setting;
  const without = ports.model === undefined ? "missing" : "ready";
  if (turn === undefined) return () => told([], without);
  const known = await suggestionsFor(who, { conversationId, forSeq: turn.seq });
  if (known.suggestions.length > 0 && !fresh) return () => told(known.suggestions, without);

  const job = { who, setting, turn, ports, round: known.round + 1 };
  return (signal) =>
    sharedMaking(
      `${conversationId}/${turn.seq}/${job.round}`,
      (tell, called) => make({ ...job, tell, signal: called }),
      signal,
    );
}

/** The suggestions for the customer's newest words, all at once. Throws `not_found`. */
export async function generateSuggestion(
  who: Staff,
  conversationId: string,
  ports: CopilotPorts,
): Promise<Suggestion[]> {
  const open = await streamSuggestion(who, conversationId, ports);
  const made: Suggestion[] = [];
  for await (const event of open(new AbortController().signal)) {
    if (event.type === "suggestion") made.push(event.suggestion);
  }
  return made;
}

type Making = {
  who: Staff;
  setting: Setting;
  turn: Turn;
  ports: CopilotPorts;
  round: number;
  tell: (event: SuggestionEvent) => void;
  signal: AbortSignal;
};

async function make(making: Making): Promise<void> {
  const { tell, signal } = making;
  try {
    tell({ type: "done", model: await makeAll(making) });
  } catch (error) {
    if (signal.aborted) return;
    log.error({ err: error }, "Suggestions failed inside");
    tell({
      type: "error",
      code: "internal",
      message: "The suggestions could not be made. Please try again.",
    });
  }
}

async function makeAll(making: Making): Promise<ModelState> {
  const { who, setting, turn, ports, signal } = making;
  const [found, canned] = await Promise.all([
    lookUp({ ...turn, knowledge: setting.knowledge, signal }, 6),
    ports.canned(who),
  ]);
  const fitting = cannedDrafts(filledIn(canned, who, setting), turn, setting);
  const { model } = ports;
  if (model !== undefined) {
    // Words that the company has settled on already save the operator the third choice.
    const settled = fitting.slice(0, 1);
    const emphases = options.slice(0, mostOptions - settled.length);
    const drafts = emphases.map((emphasis) => draft(making, { model, emphasis, found }));
    const written = await Promise.all(drafts);
    if (written.some((done) => done)) {
      for (const one of settled) await show(making, one);
      return "ready";
    }
  }
  const drafts = [...passageDrafts(found, setting), ...fitting];
  const best = drafts.toSorted((a, b) => b.confidence - a.confidence).slice(0, mostOptions);
  for (const one of best) await show(making, one);
  return model === undefined ? "missing" : "failed";
}

const options: Emphasis[] = ["direct", "thorough", "ask_back"];

/** Has one option written and shows it; answers whether there was one. */
async function draft(
  making: Making,
  how: { model: ModelClient; emphasis: Emphasis; found: Found },
): Promise<boolean> {
  const written = await draftWithModel({ ...making, ...how });
  if (written === undefined) return false;
  await show(making, written);
  return true;
}

/** A suggestion is kept before it is shown: whoever can use it can be told what became of it. */
async function show(
  { who, setting, turn, round, tell, signal }: Making,
  suggestion: Suggestion,
): Promise<void> {
  signal.throwIfAborted();
  const kept = { suggestion, forSeq: turn.seq, round, now: new Date() };
  await keepSuggestion(who, setting.conversation, kept);
  tell({ type: "suggestion", suggestion });
}

async function* told(suggestions: Suggestion[], model: ModelState): AsyncGenerator<SuggestionEvent> {
  for (const suggestion of suggestions) yield { type: "suggestion", suggestion };
  yield { type: "done", model };
}
