import { log } from "#lib/log";
import { confidentFrom, type Found, keylessAnswer, lookUp } from "./keyless-answer.ts";
import { modelAnswer } from "./model-answer.ts";
import { utter } from "./pieces.ts";
import { smallTalkOf } from "./small-talk.ts";
import type { AnswerResult, TurnRequest } from "./turn.ts";

const nothing: Found = { query: "", hits: [], confidence: 0 };

/**
 * Answers one turn of a customer: with the model where there is one, from the articles alone where there is none or
 * it fails before its first word. A failure comes back in the result; only an abort is thrown, as the signal's reason.
 */
export async function answerTurn(request: TurnRequest): Promise<AnswerResult> {
  try {
    const answer = await attempt(request);
    // An empty piece says that all was said: what is still gathered may go out before the answer is stored.
    if (!request.signal.aborted) request.emit({ text: "" });
    return answer;
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason;
    log.error({ err: error }, "An answer failed inside");
    const message = "The answer failed inside.";
    return {
      ...keylessFailure(request),
      failure: { kind: "internal", message, streamed: false, recovered: false },
    };
  }
}

async function attempt(request: TurnRequest): Promise<AnswerResult> {
  const smallTalk = smallTalkOf(request.question);
  const found = smallTalk === undefined ? await lookUp(request, 6) : nothing;
  const keyless = () => keylessAnswer(request, { found, smallTalk });
  const { model } = request;
  if (model === undefined) return uttered(request, keyless());

  const answer = await modelAnswer({
    request,
    model,
    hits: found.hits,
    retrieval: found.confidence,
    smallTalk: smallTalk !== undefined,
  });
  const { failure } = answer;
  if (failure === undefined || failure.streamed || answer.escalate !== undefined) return answer;
  const instead = keyless();
  if (instead.confidence.value < confidentFrom) return answer;
  return uttered(request, { ...instead, failure: { ...failure, recovered: true } });
}

async function uttered(request: TurnRequest, answer: AnswerResult): Promise<AnswerResult> {
  await utter(answer.text, request);
  return answer;
}

function keylessFailure(request: TurnRequest): Omit<AnswerResult, "failure"> {
  return {
    text: "",
    sources: [],
    confidence: {
      value: 0,
      parts: { by: request.model ? "model" : "keyless", kind: "unknown", retrieval: 0, cited: 0 },
    },
    kind: "unknown",
    model: request.model?.name ?? "keyless",
    outcome: "failed",
  };
}
