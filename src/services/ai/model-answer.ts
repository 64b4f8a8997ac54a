import { randomBytes } from "node:crypto";
import type { PassageHit } from "#contracts/knowledge";
import { retrievalConfidence } from "#services/knowledge";
import { type ConfidenceParts, confidenceOf } from "./confidence.ts";
import { dataFence } from "./data-fence.ts";
import { linkRule } from "./links.ts";
import { type ModelClient, ModelFailure, type ModelMessage, type ToolCall } from "./model.ts";
import { passagesText, promptMessages, systemPrompt } from "./prompt.ts";
import { SafeOutput } from "./safe-output.ts";
import { helpUrl, SourceList } from "./source-list.ts";
import { checkCall, modelTools } from "./tools.ts";
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
  const output = new SafeOutput({
    allows: (address) => linkRule(list.urls(), request.companyOrigins ?? [])(address),
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
  let failure: TurnFailure | undefined;
  let { retrieval } = input;

  try {
    for (let round = 1; round <= mostToolRounds + 1; round += 1) {
      usage.rounds = round;
      const tools = round <= mostToolRounds ? modelTools : [];
      const said = await speak(messages, tools);
      if (said.calls.length === 0) break;
      messages.push({ role: "assistant", text: said.text, tools: said.calls });
      for (const call of said.calls) messages.push({ role: "tool", id: call.id, text: await run(call) });
      if (escalate !== undefined) break;
      if (said.text.trim() !== "") show(output.push("\n\n"));
    }
    show(output.end());
    if (output.full) throw new ModelFailure("runaway", "The answer grew beyond all measure and was cut.");
    if (output.text === "" && escalate === undefined)
      throw new ModelFailure("malformed", "The model ended without a word.");
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    if (!(error instanceof ModelFailure)) throw error;
    // Half a link or tag that was still held back is not worth showing.
    failure = { kind: error.kind, message: error.message, streamed: output.text !== "", recovered: false };
  }

  const kind = input.smallTalk && list.cited === 0 ? "small_talk" : "answer";
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
    ...(escalate === undefined ? {} : { escalate }),
    model: model.name,
    outcome: failure === undefined ? "complete" : "failed",
    ...(failure === undefined ? {} : { failure }),
    usage,
  };

  async function speak(said: ModelMessage[], tools: typeof modelTools) {
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
    const found = await request.knowledge.search(checked.query, 4);
    if (request.signal.aborted) throw request.signal.reason;
    retrieval = Math.max(retrieval, retrievalConfidence(checked.query, found).value);
    return numbered(found);
  }
}

function randomNonce(): string {
  return randomBytes(9).toString("hex");
}
