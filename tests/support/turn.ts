import { readdirSync, readFileSync } from "node:fs";
import type { PassageHit } from "#contracts/knowledge";
import { type AnswerResult, answerTurn, type TurnRequest } from "#services/ai";
import { articleSearch, type LooseArticle, parseArticleFile } from "#services/knowledge";

const folder = new URL("../../demo/help-centre/", import.meta.url);

/** The demo's help articles, as loose articles whose id is their slug. */
export const helpCentre: LooseArticle[] = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => {
    const article = parseArticleFile(name, readFileSync(new URL(name, folder), "utf8"));
    return { id: article.slug, title: article.title, body: article.body };
  });

/** A search over the demo's help centre and whatever a test adds to it. */
export function helpSearch(
  more: LooseArticle[] = [],
): (query: string, limit: number) => Promise<PassageHit[]> {
  const find = articleSearch([...helpCentre, ...more]);
  return async (query, limit) => find({ query, limit });
}

const plainSearch = helpSearch();

export type Told = { answer: AnswerResult; pieces: string[] };

/** Answers one turn of the demo shop, and keeps what was shown on the way. */
export async function tell(
  question: string,
  change: Partial<TurnRequest> & { search?: TurnRequest["knowledge"]["search"] } = {},
): Promise<Told> {
  const pieces: string[] = [];
  const { search = plainSearch, ...rest } = change;
  const answer = await answerTurn({
    agent: { id: "agent", name: "Nora", instructions: "" },
    companyName: "Nordlicht",
    companyOrigins: ["https://shop.example"],
    history: [],
    question,
    language: "en",
    knowledge: { search },
    signal: new AbortController().signal,
    emit: ({ text }) => {
      if (text !== "") pieces.push(text);
    },
    ...rest,
  });
  return { answer, pieces };
}
