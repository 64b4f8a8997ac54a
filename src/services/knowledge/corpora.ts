import { setImmediate } from "node:timers/promises";
import { read } from "#lib/db";
import { once } from "#lib/registry";
import { assemble, type Corpus, type IndexedPassage, indexPassage, type StoredPassage } from "./corpus.ts";

/** Looks whether a company's articles have changed, while other things are read; a search right after need not wait for it. */
export async function warmCorpus(who: { companyId: string }): Promise<void> {
  await corpusOf(who.companyId);
}

/** What a company's articles stand at, in a few words that differ after each change: for the ledger. Warms the corpus as well. */
export async function knowledgeVersion(who: { companyId: string }): Promise<string> {
  await corpusOf(who.companyId);
  const [articles = "", saves = "", newest = ""] = (shelf().get(who.companyId)?.version ?? "").split("/");
  if (newest === "") return "no articles";
  return `${articles} ${articles === "1" ? "article" : "articles"}, ${saves} saves, newest ${newest.slice(0, 19)}`;
}

/**
 * The searchable form of a company's articles as they are now. Up to 5,000 passages it is whole and kept in memory,
 * checked against the articles' version at each question; above that it holds the vocabulary alone, and the passages
 * come from Postgres full text question by question.
 */
export async function corpusOf(companyId: string): Promise<Corpus | LargeCorpus> {
  const fresh = shelf().get(companyId);
  if (fresh !== undefined && performance.now() - fresh.checkedAt < stillFresh) return fresh.corpus;
  const checkedAt = performance.now();
  const version = await versionOf(companyId);
  const kept = shelf().get(companyId);
  if (kept?.version === version) {
    touch(companyId, { ...kept, checkedAt });
    return kept.corpus;
  }
  return loadOnce(companyId, version, kept?.corpus);
}

/** The articles as they were known last, whether or not they have changed since. */
export function lastCorpus(companyId: string): Corpus | LargeCorpus | undefined {
  return shelf().get(companyId)?.corpus;
}

/** A company's vocabulary where its passages are too many to hold. */
export type LargeCorpus = { large: true; language: string; frequency: Map<string, number>; total: number };

/** Reads the passages that Postgres finds for any of these words, best first by its own rank. */
export async function candidates(
  companyId: string,
  language: string,
  words: string[],
  stems: string[],
): Promise<StoredPassage[]> {
  return read<StoredPassage>(
    companyId,
    `WITH question AS (
       SELECT replace(plainto_tsquery(knowledge_config($2), knowledge_unaccent($3))::text, ' & ', ' | ')::tsquery
           || replace(plainto_tsquery('simple', $4)::text, ' & ', ' | ')::tsquery AS any_word
     )
     SELECT ${columns} FROM passage p JOIN article a ON a.company_id = p.company_id AND a.id = p.article_id, question
     WHERE p.company_id = $1 AND p.search @@ question.any_word
     ORDER BY ts_rank(p.search, question.any_word) DESC, p.id LIMIT 150`,
    [companyId, language, words.join(" "), stems.join(" ")],
  );
}

/** Has the next search look at the articles anew, because this process has just changed them. */
export function doubtCorpus(companyId: string): void {
  const kept = shelf().get(companyId);
  if (kept !== undefined) kept.checkedAt = Number.NEGATIVE_INFINITY;
}

/** Forgets what is kept of a company: for tests and for a company that is removed. */
export function forgetCorpus(companyId: string): void {
  shelf().delete(companyId);
}

/** Milliseconds for which a look at the articles' version holds: one turn looks once. */
const stillFresh = 100;
const largestWhole = 5_000;
const mostKept = 20_000;
const columns = `p.id AS "passageId", p.article_id AS "articleId", a.slug, p.title, p.heading AS section, p.anchor, p.text,
  p.language, p.position`;

type Kept = { version: string; corpus: Corpus | LargeCorpus; checkedAt: number };

function shelf(): Map<string, Kept> {
  return once("knowledge.corpora", () => new Map<string, Kept>());
}

/** Whoever asks in the same turn of the event loop asks once; later, an article may have changed. */
function versionOf(companyId: string): Promise<string> {
  const asking = once("knowledge.asking", () => new Map<string, Promise<string>>());
  const known = asking.get(companyId);
  if (known !== undefined) return known;
  const asked = readVersion(companyId);
  asking.set(companyId, asked);
  queueMicrotask(() => asking.delete(companyId));
  return asked;
}

async function readVersion(companyId: string): Promise<string> {
  const [row] = await read<{ version: string }>(
    companyId,
    `SELECT concat_ws('/', count(*), sum(version), max(updated_at)) AS version FROM article WHERE company_id = $1`,
    [companyId],
    { name: "articles_version" },
  );
  return row?.version ?? "";
}

/** Many questions at once after a change wait for one reading. */
function loadOnce(
  companyId: string,
  version: string,
  before: Kept["corpus"] | undefined,
): Promise<Kept["corpus"]> {
  const underWay = once("knowledge.loading", () => new Map<string, Promise<Kept["corpus"]>>());
  const key = `${companyId} ${version}`;
  const found = underWay.get(key);
  if (found !== undefined) return found;
  const loading = load(companyId, before)
    .then((corpus) => {
      keep(companyId, { version, corpus, checkedAt: performance.now() });
      return corpus;
    })
    .finally(() => underWay.delete(key));
  underWay.set(key, loading);
  return loading;
}

async function load(companyId: string, before: Kept["corpus"] | undefined): Promise<Kept["corpus"]> {
  const passages = await read<StoredPassage>(
    companyId,
    `SELECT ${columns} FROM passage p JOIN article a ON a.company_id = p.company_id AND a.id = p.article_id
     WHERE p.company_id = $1 ORDER BY p.article_id, p.position LIMIT ${largestWhole + 1}`,
    [companyId],
  );
  if (passages.length <= largestWhole) return assemble(await indexAll(passages, before));
  return loadVocabulary(companyId, passages[0]?.language ?? "en");
}

/** Indexes what is new since before, a little at a time, so that streams go on meanwhile. */
async function indexAll(
  passages: StoredPassage[],
  before: Kept["corpus"] | undefined,
): Promise<IndexedPassage[]> {
  const known = new Map<string, IndexedPassage>();
  if (before !== undefined && !("large" in before)) {
    for (const article of before.articles) for (const one of article.passages) known.set(one.passageId, one);
  }
  const indexed: IndexedPassage[] = [];
  for (const [index, passage] of passages.entries()) {
    // A changed article gets new passages with new ids, so a known id is a known text.
    indexed.push(known.get(passage.passageId) ?? indexPassage(passage));
    if (index % 20 === 19) await setImmediate();
  }
  return indexed;
}

async function loadVocabulary(companyId: string, language: string): Promise<LargeCorpus> {
  const rows = await read<{ word: string; ndoc: number; total: number }>(
    companyId,
    `SELECT word, ndoc, (SELECT count(*)::int FROM passage WHERE company_id = $1::uuid) AS total
     FROM ts_stat(format('SELECT search FROM passage WHERE company_id = %L', $1::uuid))`,
    [companyId],
  );
  return {
    large: true,
    language,
    frequency: new Map(rows.map((row) => [row.word, row.ndoc])),
    total: rows[0]?.total ?? 0,
  };
}

/** A Map remembers the order of insertion: the company asked last stands last and is dropped last. */
function touch(companyId: string, kept: Kept): void {
  shelf().delete(companyId);
  shelf().set(companyId, kept);
}

function keep(companyId: string, kept: Kept): void {
  touch(companyId, kept);
  let total = 0;
  for (const one of shelf().values()) total += sizeOf(one);
  for (const [id, one] of shelf()) {
    if (total <= mostKept || id === companyId) break;
    shelf().delete(id);
    total -= sizeOf(one);
  }
}

function sizeOf({ corpus }: Kept): number {
  return "large" in corpus ? Math.ceil(corpus.frequency.size / 20) : corpus.passageCount;
}
