import { readFile } from "node:fs/promises";
import { z } from "zod";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { forgetCorpus } from "./corpora.ts";
import { retrieve } from "./retrieve.ts";
import { storeArticle } from "./store.ts";

export type RetrievalEvaluation = {
  articles: number;
  questions: number;
  /** The share of questions whose right article came first, 0…1. */
  hitAt1: number;
  /** The share of questions whose right article was among the first three. */
  hitAt3: number;
  misses: { text: string; wanted: string; found: string[] }[];
};

/**
 * Measures retrieval on files of articles and questions, through a scratch company that is removed again, and prints
 * hit@1 and hit@3. Throws `invalid` with the place of the fault when a file cannot be used.
 */
export async function runRetrievalEval(options: {
  articlesPath: string;
  questionsPath: string;
  print?: (line: string) => void;
}): Promise<RetrievalEvaluation> {
  const articles = await load(options.articlesPath, Articles, '[{ "id", "title", "body" }]');
  const questions = await load(options.questionsPath, Questions, '[{ "text", "article" }]');
  check(options, articles, questions);
  const companyId = newId();
  await withCompany(companyId, (tx) => tx.company.create({ data: scratchCompany(companyId) }));
  try {
    const ids = await importAll(companyId, articles);
    const result = await measure(companyId, questions, ids);
    report(result, options.print ?? (() => undefined));
    return { ...result, articles: articles.length };
  } finally {
    forgetCorpus(companyId);
    await withCompany(companyId, (tx) => tx.company.delete({ where: { id: companyId } }));
  }
}

function scratchCompany(id: string): { id: string; name: string; slug: string } {
  return { id, name: "Scratch: retrieval evaluation", slug: `scratch-${id}` };
}

const Name = z.union([z.string().min(1), z.number()]).transform(String);
const Articles = z
  .array(z.object({ id: Name, title: z.string().default(""), body: z.string().default("") }))
  .min(1);
const Questions = z.array(z.object({ text: z.string().min(1), article: Name })).min(1);

type Article = z.output<typeof Articles>[number];
type QuestionLine = z.output<typeof Questions>[number];

async function load<T>(path: string, schema: z.ZodType<T>, shape: string): Promise<T> {
  const content = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new AppError("invalid", `The file ${path} cannot be read.`, { cause });
  });
  const json = parseJson(path, content);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
  throw new AppError(
    "invalid",
    `The file ${path} should be a JSON list ${shape}; but${place}: ${issue?.message ?? "it is not"}.`,
  );
}

function parseJson(path: string, content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new AppError(
      "invalid",
      `The file ${path} is not JSON: ${cause instanceof Error ? cause.message : "unreadable"}.`,
      { cause },
    );
  }
}

function check(
  paths: { articlesPath: string; questionsPath: string },
  articles: Article[],
  questions: QuestionLine[],
): void {
  const ids = new Set<string>();
  for (const { id } of articles) {
    if (ids.has(id))
      throw new AppError("invalid", `The file ${paths.articlesPath} has two articles with the id "${id}".`);
    ids.add(id);
  }
  const stray = questions.find(({ article }) => !ids.has(article));
  if (stray === undefined) return;
  throw new AppError(
    "invalid",
    `The file ${paths.questionsPath} asks for the article "${stray.article}", which ${paths.articlesPath} does not hold.`,
  );
}

const batch = 100;

/** Stores the articles and answers which stored id belongs to which id of the file. */
async function importAll(companyId: string, articles: Article[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let from = 0; from < articles.length; from += batch) {
    await withCompany(companyId, async (tx) => {
      for (const [index, { id, title, body }] of articles.slice(from, from + batch).entries()) {
        const slug = `article-${from + index}`;
        const content = { title: title.replaceAll("\0", ""), body: body.replaceAll("\0", "") };
        const saved = await storeArticle(tx, companyId, {
          slug,
          ...content,
          language: "en",
          status: "published",
        });
        ids.set(saved.article.id, id);
      }
    });
  }
  return ids;
}

async function measure(
  companyId: string,
  questions: QuestionLine[],
  ids: Map<string, string>,
): Promise<Omit<RetrievalEvaluation, "articles">> {
  let first = 0;
  let firstThree = 0;
  const misses: RetrievalEvaluation["misses"] = [];
  for (const { text, article } of questions) {
    const hits = await retrieve({ companyId }, { query: text, language: "en", limit: 50 });
    const found = [...new Set(hits.map((hit) => ids.get(hit.articleId) ?? ""))].slice(0, 3);
    if (found[0] === article) first += 1;
    else misses.push({ text, wanted: article, found });
    if (found.includes(article)) firstThree += 1;
  }
  const count = questions.length;
  return { questions: count, hitAt1: first / count, hitAt3: firstThree / count, misses };
}

function report(result: Omit<RetrievalEvaluation, "articles">, print: (line: string) => void): void {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  print(`questions  ${result.questions}`);
  print(`hit@1      ${percent(result.hitAt1)}`);
  print(`hit@3      ${percent(result.hitAt3)}`);
  for (const miss of result.misses)
    print(`missed     "${miss.text}" wanted ${miss.wanted}, found ${miss.found.join(", ") || "nothing"}`);
}
