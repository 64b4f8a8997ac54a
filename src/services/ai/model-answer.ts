import { randomBytes } from "node:crypto";
import type { PassageHit } from "#contracts/knowledge";
import type { Offering } from "#contracts/structured";
import { retrievalConfidence } from "#services/knowledge";
import { type ConfidenceParts, confidenceOf } from "./confidence.ts";
import { dataFence } from "./data-fence.ts";
import { linkRule } from "./links.ts";
import { type ModelClient, ModelFailure, type ModelMessage, type ModelTool, type ToolCall } from "./model.ts";
import { offeringOf, type WantedOffering } from "./offering.ts";
import { passagesText, promptMessages, systemPrompt } from "./prompt.ts";
import { SafeOutput } from "./safe-output.ts";
import { helpUrl, SourceList } from "./source-list.ts";
import { checkCall, toolsFor } from "./tools.ts";
import type { AnswerResult, TurnFailure, TurnRequest } from "./turn.ts";

export type ModelAnswerInput = {
  request: TurnRequest;
  model: ModelClient;
  /** What was found for the question already, so that one round mostly suffices. */
  hits: PassageHit[];
  /** How well that speaks to the question, 0…1. */
  retrieval: number;
  smallTalk: boolean;
};

export const mostToolRounds = 3;
export const mostAnswerChars = 6_000;

/** Lets a model answer one turn, streaming; a failure comes back in the result, only an abort is thrown. */
export async function modelAnswer(input: ModelAnswerInput): Promise<AnswerResult> {
  const { request, model, hits } = input;
  const url = request.knowledge.url?.bind(request.knowledge) ?? helpUrl;
  const fence = dataFence((request.nonce ?? randomNonce)());
  const list = new SourceList(url);
  const numbered = (found: readonly PassageHit[]) =>
    passagesText(
      list.add(found).map((one) => ({ ...one, url: url(one.hit) })),
      fence,
    );
  const allows = (address: string) => linkRule(list.urls(), request.companyOrigins ?? [])(address);
  const output = new SafeOutput({
    allows,
    cite: (number) => list.cite(number),
    mostChars: mostAnswerChars,
  });
  const show = (text: string) => {
    if (text !== "" && !request.signal.aborted) request.emit({ text });
  };
  const messages: ModelMessage[] = promptMessages(request, numbered(hits), fence);
  const system = systemPrompt(request, fence);
  const usage = { input: 0, output: 0, rounds: 0 };
  let escalate: { reason: string } | undefined;
  let returns: { reason: string } | undefined;
  let data: Offering | undefined;
  let failure: TurnFailure | undefined;
  let { retrieval } = input;

  try {
    for (let round = 1; round <= mostToolRounds + 1; round += 1) {
      usage.rounds = round;
      const tools = round <= mostToolRounds ? toolsFor(request) : [];
      const said = await speak(messages, tools);
      if (said.calls.length === 0) break;
      messages.push({ role: "assistant", text: said.text, tools: said.calls });
      for (const call of said.calls) messages.push({ role: "tool", id: call.id, text: await run(call) });
      if ((escalate ?? returns ?? data) !== undefined) break;
      if (said.text.trim() !== "") show(output.push("\n\n"));
    }
    show(output.end());
    if (output.full) throw new ModelFailure("runaway", "The answer grew beyond all measure and was cut.");
    if (output.text === "" && (escalate ?? returns) === undefined)
      throw new ModelFailure("malformed", "The model ended without a word.");
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    if (!(error instanceof ModelFailure)) throw error;
    // Half a link or tag that was still held back is not worth showing.
    failure = { kind: error.kind, message: error.message, streamed: output.text !== "", recovered: false };
  }

  const kind = kindOf(input.smallTalk && list.cited === 0, data);
  const stated = output.confidence;
  const parts: ConfidenceParts = {
    by: "model",
    kind,
    retrieval,
    cited: list.cited,
    ...(stated === undefined ? {} : { stated }),
  };
  return {
    text: output.text,
    sources: kind === "small_talk" || output.text === "" ? [] : list.sources(),
    confidence: { value: failure === undefined ? confidenceOf(parts) : 0, parts },
    kind,
    ...(output.mood === undefined ? {} : { sentiment: output.mood }),
    ...(escalate === undefined ? {} : { escalate }),
    ...(returns === undefined ? {} : { returns }),
    // A person answers instead: what was asked for would stand in their way.
    ...(data === undefined || (escalate ?? returns) !== undefined ? {} : { data }),
    model: model.name,
    outcome: failure === undefined ? "complete" : "failed",
    ...(failure === undefined ? {} : { failure }),
    usage,
  };

  async function speak(said: ModelMessage[], tools: ModelTool[]) {
    const calls: ToolCall[] = [];
    let text = "";
    const { signal } = request;
    for await (const event of model.stream({ system, messages: said, tools, signal })) {
      if (signal.aborted) throw signal.reason;
      if (event.type === "text") {
        text += event.text;
        show(output.push(event.text));
        if (output.full) break;
      } else if (event.type === "tool")
        calls.push({ id: event.id, name: event.name, arguments: event.arguments });
      else if (event.type === "usage") {
        usage.input += event.input;
        usage.output += event.output;
      }
      // A hidden tag or a held-back link must not grow without end either.
      if (text.length > 4 * mostAnswerChars)
        throw new ModelFailure("runaway", "The answer grew beyond all measure and was cut.");
    }
    return { text, calls: tools.length === 0 ? [] : calls.slice(0, 4) };
  }

  async function run(call: ToolCall): Promise<string> {
    const checked = checkCall(call);
    if (checked.tool === "unknown") return checked.problem;
    if (checked.tool === "escalate") {
      escalate = { reason: checked.reason };
      return "A colleague is asked.";
    }
    if (checked.tool === "return_to_person") {
      returns = { reason: checked.reason };
      return "The colleague is told.";
    }
    if (checked.tool !== "search_knowledge") return offer(checked);
    const found = await request.knowledge.search(checked.query, 4);
    if (request.signal.aborted) throw request.signal.reason;
    retrieval = Math.max(retrieval, retrievalConfidence(checked.query, found).value);
    return numbered(found);
  }

  function offer(wanted: WantedOffering): string {
    const offering = offeringOf(wanted, { allows, clean });
    if (offering === undefined)
      return "It cannot be shown so: each field and card needs its words and answers.";
    const { words } = wanted.given;
    show(output.push(output.text.trim() === "" ? words : `\n\n${words}`));
    data = offering;
    return "It stands under your words.";
  }
}

/** Words of a button or card: plain ones, in which no address stands that somebody could follow. */
function clean(text: string): string {
  const plain = new SafeOutput({ allows: () => undefined, cite: () => undefined, mostChars: text.length });
  plain.push(text);
  plain.end();
  // Addresses that may not be shown as links stand as code, which a button cannot show.
  return plain.text
    .replace(/`[^`]*`/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function kindOf(isSmallTalk: boolean, data: Offering | undefined): AnswerResult["kind"] {
  if (data !== undefined && data.kind !== "cards") return "asking";
  return isSmallTalk ? "small_talk" : "answer";
}

function randomNonce(): string {
  return randomBytes(9).toString("hex");
}
