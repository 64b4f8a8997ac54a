import type { Source } from "#contracts/conversation";
import type { PassageHit } from "#contracts/knowledge";
import { extractAnswer, retrievalConfidence } from "#services/knowledge";
import { type ConfidenceParts, confidenceOf } from "./confidence.ts";
import { asksForMore, followUpQuery } from "./follow-up.ts";
import { linkRule } from "./links.ts";
import { SafeOutput } from "./safe-output.ts";
import { outsideScope } from "./scope.ts";
import { type SmallTalk, smallTalkReply } from "./small-talk.ts";
import { helpUrl, toSource } from "./source-list.ts";
import type { AnswerResult, TurnRequest } from "./turn.ts";
import { whichArticle } from "./which-article.ts";

/** From here on an answer is given plainly; calibrated on tests/eval/retrieval and the demo help centre. */
export const confidentFrom = 0.45;
/** Below this nothing is quoted; between the two an answer says that it is not sure. */
export const doubtfulFrom = 0.3;

export type Found = { query: string; hits: PassageHit[]; confidence: number };

/** Looks up what the question asks for, together with the question before it where it leans on that one. */
export async function lookUp(
  request: Pick<TurnRequest, "question" | "history" | "knowledge" | "signal">,
  limit: number,
): Promise<Found> {
  const { question, knowledge, history } = request;
  const own = await found(question);
  const joined = followUpQuery(question, history);
  if (joined === undefined) return own;
  const both = await found(joined);
  // An earlier question lends context, so what it finds is trusted a little less than a question in full.
  const lent = { ...both, confidence: both.confidence * 0.9 };
  return lent.confidence >= own.confidence * 0.8 ? lent : own;

  async function found(query: string): Promise<Found> {
    const hits = await knowledge.search(query, limit);
    if (request.signal.aborted) throw request.signal.reason;
    return { query, hits, confidence: retrievalConfidence(query, hits).value };
  }
}

/** Words an answer from the articles alone, without any language model; nothing is emitted yet. */
export function keylessAnswer(
  request: TurnRequest,
  seen: { found: Found; smallTalk: SmallTalk | undefined },
): AnswerResult {
  const { agent, companyName } = request;
  if (seen.smallTalk === "affirmation" && wasOfferedPerson(request)) {
    const asked = result("small_talk", "", [], 0);
    return { ...asked, escalate: { reason: "The customer accepted the offer of a person." } };
  }
  if (seen.smallTalk !== undefined) {
    const names = { agent: agent.name, company: companyName };
    return result("small_talk", smallTalkReply(seen.smallTalk, names), [], seen.found.confidence);
  }
  const outside = outsideScope(request, seen.found);
  if (outside !== undefined) return { ...result("unknown", "", [], 0), returns: { reason: outside } };
  const unread = asksForMore(request.question) ? notShownYet(request, seen.found) : seen.found;
  const quoted = extractAnswer(unread.query, unread.hits);
  if (quoted === undefined || unread.confidence < doubtfulFrom) return unknown(request, seen.found);
  const sure = unread.confidence >= confidentFrom;
  const which = unread === seen.found ? whichArticle(request, unread.hits, { sure }) : undefined;
  if (which !== undefined)
    return { ...result("asking", which.text, [], unread.confidence), data: which.data };

  const url = request.knowledge.url?.bind(request.knowledge) ?? helpUrl;
  const sources = quoted.sources.flatMap((source) => {
    const hit = unread.hits.find(({ passageId }) => passageId === source.passageId);
    return hit === undefined ? [] : [toSource(hit, source.number, url(hit), source.quote)];
  });
  const doubt = sure ? "" : "I'm not sure this is what you mean, but it comes closest. ";
  return result("answer", safe(request, doubt + quoted.text, sources), sources, unread.confidence);
}

const offer = "I can bring in a person from the team. Would you like that?";

function wasOfferedPerson({ history, offered }: TurnRequest): boolean {
  if (offered === true) return true;
  const last = history.at(-1);
  return last?.author === "agent" && last.text.endsWith(offer);
}

function unknown(request: TurnRequest, { confidence }: Found): AnswerResult {
  const { topics = [] } = request.handedBack ?? {};
  if (topics.length > 0) {
    // Whoever gave the question to the assistant can answer it better than an offer of them.
    const reason = "The help articles hold no answer to it.";
    return { ...result("unknown", "", [], 0), returns: { reason } };
  }
  const text = `I couldn't find an answer to that in the help articles of ${request.companyName}, and I don't want to guess. You can ask in other words, or ${offer}`;
  return result("unknown", text, [], Math.min(confidence, doubtfulFrom));
}

/** What the last answer did not quote yet. */
function notShownYet({ history }: TurnRequest, found: Found): Found {
  const last = history.findLast(({ author }) => author === "agent")?.text ?? "";
  const hits = found.hits.filter(({ text }) => !last.includes(text.slice(0, 60)));
  return { ...found, hits };
}

/** Quotes keep to the same rule as a model's words: links lead to the sources and the company only. */
function safe(request: TurnRequest, text: string, sources: Source[]): string {
  const output = new SafeOutput({
    allows: linkRule(
      sources.map(({ url }) => url),
      request.companyOrigins ?? [],
    ),
    cite: (number) => sources.find((source) => source.number === number)?.number,
    mostChars: 6_000,
  });
  output.push(text);
  output.end();
  return output.text;
}

function result(
  kind: AnswerResult["kind"],
  text: string,
  sources: Source[],
  retrieval: number,
): AnswerResult {
  const parts: ConfidenceParts = { by: "keyless", kind, retrieval, cited: sources.length };
  return {
    text,
    sources,
    confidence: { value: confidenceOf(parts), parts },
    kind,
    model: "keyless",
    outcome: "complete",
  };
}
