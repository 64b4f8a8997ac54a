// Words looked for in a company with few conversations, and in one with many.
import pg from "pg";
import { SearchQuery } from "#contracts/search";
import { closeDatabase, openDatabase } from "#lib/db";
import { search } from "#services/conversations";
import { add, atMost, type Gathered, type Goal, median, type Side } from "./figures.ts";
import { companyId, type Ground, small } from "./ground.ts";

/** How many different words are spoken, and how many of them stand in one conversation at most. */
export const vocabulary = { words: 20_000, each: 16 };

// Each word is as common as words are in life: the nth is spoken n times less often than the first.
const queries: [name: string, q: string][] = [
  ["one word that half of all hold", "w00001"],
  ["a common and a rare word", "w00002 w01500"],
  ["two common words", "w00003 w00005"],
  ["the beginning of many words", "w0"],
  ["a word that nobody said", "nothing"],
];

/** The first page of each search in both companies, and how much longer it takes where there is more. */
export async function measureSearch(
  gathered: Gathered,
  ground: Ground,
  options: { requests: number; bigInbox: number },
): Promise<void> {
  await speak(ground.url("baton", "admin"));
  openDatabase(ground.url("baton"));
  const few = small.conversations.toLocaleString("en-GB");
  const many = options.bigInbox.toLocaleString("en-GB");
  for (const [name, q] of queries) {
    const base = gathered.line(`Search, ${name}, ${few} conversations`, "ms");
    const grown = gathered.line(`Search, ${name}, ${many} conversations`, "ms", [growth(() => base.sides)]);
    for (const [line, n] of [
      [base, 1],
      [grown, 2],
    ] as const) {
      add(line, "baton", await pageTime(companyId(n), q, options.requests));
    }
  }
  await closeDatabase();
}

function growth(base: () => Partial<Record<Side, number[]>>): Goal {
  return atMost(
    "goal",
    2,
    "≤ 2 × of few",
    (line) => median(line.sides.baton ?? []) / median(base().baton ?? []),
  );
}

async function pageTime(company: string, q: string, requests: number): Promise<number> {
  const query = SearchQuery.parse({ q });
  const times: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    const began = performance.now();
    await search({ companyId: company }, query);
    times.push(performance.now() - began);
  }
  return median(times.slice(Math.floor(requests / 4)));
}

/** Has something said in every conversation of both companies, as though its words had been read; once for all rounds. */
async function speak(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const companies = [companyId(1), companyId(2)];
  const { rows } = await admin.query("SELECT FROM conversation_word WHERE company_id = ANY($1) LIMIT 1", [
    companies,
  ]);
  if (rows.length === 0) {
    const { rows: indexes } = await admin.query<{ indexdef: string }>(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'conversation_word_newest'",
    );
    // Rows by the million go in sooner where only one index grows.
    await admin.query("DROP INDEX conversation_word_newest");
    await admin.query("SELECT setseed(0.5)");
    await admin.query(
      `INSERT INTO conversation_word (company_id, conversation_id, word, at, seq)
       SELECT DISTINCT ON (c.company_id, c.id, word) c.company_id, c.id, 'w' || lpad((power($2::float8, random()))::int::text, 5, '0') AS word,
              c.last_message_at, 1
       FROM conversation c, generate_series(1, $3) WHERE c.company_id = ANY($1) ORDER BY c.company_id, c.id, word`,
      [companies, vocabulary.words, vocabulary.each],
    );
    await admin.query(indexes[0]?.indexdef ?? "");
    await admin.query("VACUUM ANALYZE conversation_word");
  }
  await admin.end();
}
