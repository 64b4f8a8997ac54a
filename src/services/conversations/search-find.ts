import { read } from "#lib/db";

/** A place in what is found: the newest first, under one id the same. */
export type Spot = { at: string; id: string };
export type Found = Spot & { seq: number };

/** All words that begin or read so: from `low` on, before `high`. */
export type Range = { low: string; high: string };

/** Where words are looked up, and what else must hold for what they name. */
export type Field = {
  companyId: string;
  table: "conversation_word" | "contact_word";
  id: "conversation_id" | "contact_id";
  /** The place of a word in what it names. */
  seq: "seq" | "0";
  /** Conditions, as a query that finds nothing where they do not hold; `$id` stands for what is asked about. */
  also?: (place: (value: unknown) => string) => string;
};

export type Wanted = {
  ranges: Range[];
  /** What holds a word of this one is left out: it was found before. */
  without?: Range;
  after: Spot | undefined;
  limit: number;
};

/** How many rows of one word are looked through for a page at most: so many probes take some milliseconds. */
const budget = 2_000;
/** A word is rare where so many rows or fewer hold it: they are all looked at. */
const rare = 1_000;
/** Of so many different words with one beginning the newest places are compared. */
const mostBeginnings = 300;

/** The word itself and nothing else. */
export function exactly(word: string): Range {
  return { low: word, high: `${word}\u0001` };
}

/** Every word that begins so. */
export function begun(word: string): Range {
  return { low: word, high: `${word}\u{10ffff}` };
}

/** How many rows hold each of these, counted no further than `rare` and one. */
export async function countsOf({ companyId, table }: Field, ranges: Range[]): Promise<number[]> {
  const rows = await read<{ many: number }>(
    companyId,
    `SELECT (SELECT count(*)::int FROM (SELECT FROM ${table} w WHERE w.company_id = $1 AND w.word >= asked.low COLLATE "C"
              AND w.word < asked.high COLLATE "C" LIMIT ${rare + 1}) AS few) AS many
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS asked (low, high, n) ORDER BY n`,
    [companyId, ranges.map(({ low }) => low), ranges.map(({ high }) => high)],
  );
  return rows.map(({ many }) => many);
}

/**
 * One page of what holds a word of each range, newest first. It walks along the rarest range and looks the others up, so
 * that its cost depends on the page and not on how much there is; where it gave up looking, `next` says where to go on.
 */
export async function find(field: Field, wanted: Wanted, counts: number[]): Promise<Page> {
  const least = Math.min(...counts);
  if (least === 0) return { found: [], next: undefined };
  const rarest = counts.indexOf(least);
  const driver = wanted.ranges[rarest] ?? exactly("");
  const others = wanted.ranges.filter((_, at) => at !== rarest);
  return walkOf(driver, least)(field, driver, { ...wanted, others, isRare: least <= rare });
}

type Page = { found: Found[]; next: Spot | undefined };
type Walking = Wanted & { others: Range[]; isRare: boolean };
type Walk = (field: Field, driver: Range, wanted: Walking) => Promise<Page>;

function walkOf(driver: Range, rows: number): Walk {
  if (isExact(driver)) return along;
  return rows <= rare ? gather : spread;
}

/** Along one word. */
const along: Walk = async (field, driver, wanted) => {
  const { values, place } = valuesOf(field);
  const row = `SELECT w.${field.id} AS id, w.at, ${seqOf(field, "w")} AS seq FROM ${field.table} w WHERE w.company_id = $1
    AND w.word = ${place(driver.low)} ${beyond("w.at", `w.${field.id}`, wanted.after, place)}
    ORDER BY w.at DESC, w.${field.id} DESC`;
  const found = await ask(field, `${row} LIMIT ${budget}`, wanted, { values, place });
  // Of a rare word all rows were within the budget.
  const isWhole = wanted.isRare || found.length > wanted.limit;
  return pageOf(found, wanted, isWhole ? undefined : await spotAt(field, driver, wanted.after));
};

/** All rows of a rare beginning. */
const gather: Walk = async (field, driver, wanted) => {
  const { values, place } = valuesOf(field);
  const candidates = `SELECT w.${field.id} AS id, max(w.at) AS at, max(${seqOf(field, "w")}) AS seq FROM ${field.table} w
    WHERE w.company_id = $1 AND ${within("w", driver, place)} GROUP BY w.${field.id}`;
  return pageOf(await ask(field, candidates, wanted, { values, place }), wanted, undefined);
};

/** Over many common words of one beginning: the newest rows of those that have the newest. */
const spread: Walk = async (field, driver, wanted) => {
  const { values, place } = valuesOf(field);
  // Where conditions sort some out, a page needs more to choose from.
  const most = (wanted.limit + 1) * (field.also === undefined ? 1 : 8);
  const rowsOf = (
    word: string,
    limit: number,
  ) => `(SELECT w.${field.id} AS id, w.at, ${seqOf(field, "w")} AS seq
    FROM ${field.table} w WHERE w.company_id = $1 AND w.word = ${word} ${beyond("w.at", `w.${field.id}`, wanted.after, place)}
    ORDER BY w.at DESC, w.${field.id} DESC LIMIT ${limit})`;
  const candidates = `
    WITH RECURSIVE beginning AS (
      (SELECT w.word FROM ${field.table} w WHERE w.company_id = $1 AND ${within("w", driver, place)} ORDER BY w.word LIMIT 1)
      UNION ALL
      SELECT (SELECT w.word FROM ${field.table} w WHERE w.company_id = $1 AND w.word > beginning.word
                AND w.word < ${place(driver.high)} ORDER BY w.word LIMIT 1) FROM beginning WHERE beginning.word IS NOT NULL
    ), words AS (SELECT word FROM beginning WHERE word IS NOT NULL LIMIT ${mostBeginnings}),
    newest AS (SELECT word FROM words CROSS JOIN LATERAL ${rowsOf("words.word", 1)} AS first ORDER BY first.at DESC LIMIT ${most})
    SELECT id, max(at) AS at, max(seq) AS seq FROM newest CROSS JOIN LATERAL ${rowsOf("newest.word", most)} AS newer
    GROUP BY id ORDER BY at DESC, id DESC LIMIT ${most}`;
  const found = await read<Found>(field.companyId, shaped(candidates), values);
  const passed = await passing(field, found, wanted, driver);
  return pageOf(passed, wanted, found.length === most ? found.at(-1) : undefined);
};

function pageOf(found: Found[], { limit }: Wanted, otherwise: Spot | undefined): Page {
  const shown = found.slice(0, limit);
  return { found: shown, next: found.length > limit ? shown.at(-1) : otherwise };
}

/** Of these, in their order, those that hold the other words too and were not shown under a newer place. */
async function passing(field: Field, found: Found[], wanted: Walking, driver: Range): Promise<Found[]> {
  const { values, place } = valuesOf(field);
  const ids = place(found.map(({ id }) => id));
  const ats = place(found.map(({ at }) => at));
  const seqs = place(found.map(({ seq }) => seq));
  const { after } = wanted;
  const shown =
    after === undefined
      ? ""
      : `AND NOT EXISTS (${wordIn(field, driver, place)} AND (o.at, d.id) >= (${place(after.at)}::timestamptz, ${place(after.id)}::uuid))`;
  const candidates = `SELECT * FROM unnest(${ids}::uuid[], ${ats}::timestamptz[], ${seqs}::int[]) AS d (id, at, seq) WHERE true ${shown}`;
  return ask(field, candidates, { ...wanted, after: undefined }, { values, place });
}

/** Asks for those candidates that hold everything else that is wanted, one more than the page. */
function ask(
  field: Field,
  candidates: string,
  { others, without, after, limit }: Walking,
  { values, place }: Values,
): Promise<Found[]> {
  // Each looked up by itself and in the candidates' order: what is enough for a page ends the walk.
  const held = others.map(
    (range, n) => `CROSS JOIN LATERAL (${wordIn(field, range, place)} LIMIT 1) AS held${n}`,
  );
  const also = field.also === undefined ? "" : `CROSS JOIN LATERAL (${field.also(place)}) AS also`;
  const left = without === undefined ? "" : `AND NOT EXISTS (${wordIn(field, without, place)})`;
  const seq = `greatest(${["d.seq", ...others.map((_, n) => `held${n}.seq`)].join(", ")})`;
  return read<Found>(
    field.companyId,
    shaped(`SELECT d.id, d.at, ${seq} AS seq FROM (${candidates}) AS d ${held.join(" ")} ${also}
      WHERE true ${beyond("d.at", "d.id", after, place)} ${left} ORDER BY d.at DESC, d.id DESC LIMIT ${limit + 1}`),
    values,
  );
}

/** Where the budget of a walk along one word ends; undefined where the word does before. */
async function spotAt(field: Field, driver: Range, after: Spot | undefined): Promise<Spot | undefined> {
  const { values, place } = valuesOf(field);
  const [spot] = await read<Found>(
    field.companyId,
    shaped(`SELECT w.${field.id} AS id, w.at, 0 AS seq FROM ${field.table} w WHERE w.company_id = $1 AND w.word = ${place(driver.low)}
      ${beyond("w.at", `w.${field.id}`, after, place)} ORDER BY w.at DESC, w.${field.id} DESC OFFSET ${budget - 1} LIMIT 1`),
    values,
  );
  return spot;
}

type Values = { values: unknown[]; place: (value: unknown) => string };

function valuesOf({ companyId }: Field): Values {
  const values: unknown[] = [companyId];
  return { values, place: (value) => `$${values.push(value)}` };
}

/** The words of one range that the candidate `d` holds. */
function wordIn(field: Field, range: Range, place: Values["place"]): string {
  const held = `${field.table} w WHERE w.company_id = $1 AND w.${field.id} = d.id`;
  const columns = `w.word, w.at, ${seqOf(field, "w")} AS seq`;
  // One thing holds few words. Without the fence Postgres may look through everything that holds such a word instead.
  const words = isExact(range) ? `SELECT ${columns} FROM ${held}` : `SELECT ${columns} FROM ${held} OFFSET 0`;
  return `SELECT o.seq FROM (${words}) AS o WHERE ${within("o", range, place)}`;
}

function within(alias: string, range: Range, place: Values["place"]): string {
  const { low, high } = range;
  if (isExact(range)) return `${alias}.word = ${place(low)}`;
  return `${alias}.word >= ${place(low)} AND ${alias}.word < ${place(high)}`;
}

function beyond(at: string, id: string, after: Spot | undefined, place: Values["place"]): string {
  if (after === undefined) return "";
  return `AND (${at}, ${id}) < (${place(after.at)}::timestamptz, ${place(after.id)}::uuid)`;
}

function seqOf({ seq }: Field, alias: string): string {
  return seq === "0" ? "0" : `${alias}.seq`;
}

// Moments leave as the texts that cursors carry.
function shaped(statement: string): string {
  return `SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, seq FROM (${statement}) AS answer`;
}

function isExact({ low, high }: Range): boolean {
  return high === exactly(low).high;
}
