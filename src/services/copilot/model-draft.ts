import { randomBytes } from "node:crypto";
import type { Emphasis, Suggestion, SuggestionEvent } from "#contracts/copilot";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import {
  confidenceOf,
  DeltaFlow,
  dataFence,
  type Found,
  linkRule,
  type ModelClient,
  ModelFailure,
  passagesText,
  SafeOutput,
  SourceList,
  systemTicker,
} from "#services/ai";
import { draftRequest, draftSystem } from "./prompt.ts";
import type { Setting } from "./setting.ts";
import type { Turn } from "./turn.ts";

type Draft = {
  model: ModelClient;
  emphasis: Emphasis;
  setting: Setting;
  turn: Turn;
  found: Found;
  tell: (event: SuggestionEvent) => void;
  signal: AbortSignal;
};

/** Longer than this nobody reads a suggestion through. */
const mostChars = 2_400;
const windowMs = 30;

/**
 * Lets the model write one option, telling each piece of it; `undefined` where the model failed. Only an abort is
 * thrown, as the signal's reason.
 */
export async function draftWithModel(draft: Draft): Promise<Suggestion | undefined> {
  const { model, emphasis, setting, turn, found, tell, signal } = draft;
  const { house, knowledge } = setting;
  const most = Math.min(setting.maxLength, mostChars);
  const fence = dataFence(newNonce());
  const list = new SourceList(knowledge.url);
  const passages = passagesText(
    list.add(found.hits).map((one) => ({ ...one, url: knowledge.url(one.hit) })),
    fence,
  );
  const output = new SafeOutput({
    allows: linkRule(list.urls(), house.origins),
    cite: (number) => list.cite(number),
    mostChars: most,
  });
  const id = newId();
  const flow = new DeltaFlow((delta) => tell({ type: "delta", id, emphasis, ...delta }), {
    ticker: systemTicker,
    windowMs,
  });
  try {
    const messages = [{ role: "user" as const, text: draftRequest(turn, { passages, emphasis, fence }) }];
    const system = draftSystem(house, fence, most);
    for await (const event of model.stream({ system, messages, tools: [], signal })) {
      if (event.type === "text") flow.add(output.push(event.text));
      if (output.full) break;
    }
    flow.add(output.end());
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof ModelFailure)) throw error;
    log.warn({ kind: error.kind }, "The model did not write a suggestion");
    return undefined;
  } finally {
    flow.flush();
    flow.close();
  }
  if (output.text === "") return undefined;
  const stated = output.confidence;
  const confidence = confidenceOf({
    by: "model",
    kind: "answer",
    retrieval: found.confidence,
    cited: list.cited,
    ...(stated === undefined ? {} : { stated }),
  });
  const sources = list.cited === 0 ? [] : list.sources();
  return { id, kind: "model", emphasis, text: output.text, confidence, sources };
}

/** A mark for a fence that nobody outside can guess. */
export function newNonce(): string {
  return randomBytes(9).toString("hex");
}
