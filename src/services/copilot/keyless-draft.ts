import { cannedValues, renderCanned } from "#contracts/canned-words";
import type { Source } from "#contracts/conversation";
import type { Suggestion } from "#contracts/copilot";
import type { PassageHit } from "#contracts/knowledge";
import { newId } from "#lib/ids";
import type { Staff } from "#services/accounts";
import {
  confidenceOf,
  confidentFrom,
  doubtfulFrom,
  type Found,
  linkRule,
  SafeOutput,
  toSource,
} from "#services/ai";
import { articleSearch, extractAnswer, retrievalConfidence } from "#services/knowledge";
import type { CannedText } from "./ports.ts";
import type { Setting } from "./setting.ts";
import type { Turn } from "./turn.ts";

/** Replies in the words of the best passages, one an article, best first; none where no article speaks to the question. */
export function passageDrafts({ query, hits, confidence }: Found, setting: Setting): Suggestion[] {
  const best = hits[0]?.score ?? 0;
  return articlesOf(hits).flatMap((own) => {
    // The best article carries what all hits say of the question; another only as far as it comes near.
    const retrieval = confidence * Math.min(1, (own[0]?.score ?? 0) / best);
    const quoted = retrieval < doubtfulFrom ? undefined : extractAnswer(query, own);
    if (quoted === undefined) return [];
    const sources = quoted.sources.flatMap(({ number, passageId, quote }) => {
      const hit = own.find((one) => one.passageId === passageId);
      return hit === undefined ? [] : [toSource(hit, number, setting.knowledge.url(hit), quote)];
    });
    const text = quoted.sources.map(({ quote, number }) => cited(quote, number)).join("\n\n");
    const parts = { by: "keyless", kind: "answer", retrieval, cited: sources.length } as const;
    const shown = safe(text, sources, setting);
    return shown === ""
      ? []
      : [{ id: newId(), kind: "passages" as const, text: shown, confidence: confidenceOf(parts), sources }];
  });
}

/** The company's canned responses that fit the question, by the same measure as its articles. */
export function cannedDrafts(canned: readonly CannedText[], turn: Turn, setting: Setting): Suggestion[] {
  const { language } = setting.house.agent;
  const find = articleSearch(canned.map(({ id, title, text }) => ({ id, title, body: text, language })));
  const hits = find({ query: turn.question, language, limit: 6 });
  return articlesOf(hits).flatMap((own) => {
    const response = canned.find(({ id }) => id === own[0]?.articleId);
    const others = hits.filter((hit) => !own.includes(hit));
    const confidence = retrievalConfidence(turn.question, [...own, ...others]).value;
    const fits =
      response !== undefined && confidence >= confidentFrom && response.text.length <= setting.maxLength;
    return fits
      ? [
          {
            id: newId(),
            kind: "canned" as const,
            title: response.title,
            text: response.text,
            confidence: confidenceOf({ by: "keyless", kind: "answer", retrieval: confidence, cited: 0 }),
            sources: [],
          },
        ]
      : [];
  });
}

/** Canned responses with their variables filled in for this customer and operator. */
export function filledIn(canned: readonly CannedText[], who: Staff, setting: Setting): CannedText[] {
  const { conversation, house } = setting;
  const values = cannedValues({
    customer: { id: conversation.contactId, name: conversation.contactName },
    operator: who,
    company: { name: house.companyName },
    agent: house.agent,
    topic: conversation.topic,
  });
  return canned.map((one) => ({ ...one, text: renderCanned(one.text, values).text }));
}

/** Hits by their article, in the order of each one's best. */
function articlesOf(hits: readonly PassageHit[]): PassageHit[][] {
  return [...Map.groupBy(hits, ({ articleId }) => articleId).values()];
}

/** A mark behind a table or a code fence would become part of it, so there it stands below. */
function cited(text: string, number: number): string {
  const last = text.split("\n").at(-1) ?? "";
  return /^\s*(?:\||`{3}|~{3})/.test(last) ? `${text}\n\n[${number}]` : `${text} [${number}]`;
}

/** Links lead to the sources and the company only, as in every other answer. */
function safe(text: string, sources: readonly Source[], { house, maxLength }: Setting): string {
  const output = new SafeOutput({
    allows: linkRule(
      sources.map(({ url }) => url),
      house.origins,
    ),
    cite: (number) => sources.find((source) => source.number === number)?.number,
    mostChars: maxLength,
  });
  output.push(text);
  output.end();
  return output.text;
}
