import { writtenOut } from "./contractions.ts";
import { fold } from "./fold.ts";
import { plainly } from "./idioms.ts";
import { classes, compounds, known } from "./lexicon.ts";
import { mend } from "./spelling.ts";

/** A word, a break inside a sentence (","), or a phrase that names a person. */
export type Token = { word: string; classes: ReadonlySet<string> };

/** A sentence as tokens, and whether it ends with a question mark. */
export type Sentence = { tokens: Token[]; asks: boolean };

export const BREAK: Token = { word: ",", classes: new Set(["BREAK"]) };

const digits: Record<string, string> = { "2": "to", "4": "for" };

/** The sentences of a message: folded, quotations left out, slips mended, compounds joined. */
export function sentences(text: string): Sentence[] {
  const plain = withoutQuotes(plainly(withoutAddresses(fold(text)))).replace(/\b(a|e)\.(i|g)\.?\b/g, "$1$2");
  const found: Sentence[] = [];
  for (const piece of plain.split(
    /(?<=[.!?;:\n…])\s*|\s+[-|]+\s+|\s*[^\p{L}\p{N}\s.,'"!?;:()/@#&%$€£+*=<>_-]+\s*/u,
  )) {
    const tokens = join(tokenise(piece));
    if (tokens.some((token) => token !== BREAK)) found.push({ tokens, asks: piece.includes("?") });
  }
  return found;
}

function withoutAddresses(text: string): string {
  return text.replace(/\S{1,200}@\S{1,200}|https?:\S+/g, "address");
}

// What is quoted is mentioned, not meant; but a message that is all quotation is meant, and so are "scare quotes".
function withoutQuotes(text: string): string {
  const whole = text.trim().match(/^["'](.*)["'][.!?]*$/s)?.[1];
  if (whole !== undefined && !/["']/.test(whole)) return whole;
  return text.replace(
    /(^|[\s(,:])(["'])([^"\n]{1,200}?)\2(?=$|[\s).,!?;:])/g,
    (all, lead, _quote, inside, at) => {
      const short = String(inside).split(" ").length <= 2;
      const meant = /\b(?:a|an|any|real|actual|your|to|with)$/.test(
        text.slice(Math.max(0, Number(at) - 8), Number(at)),
      );
      return short &&
        meant &&
        !/^\s*(?:button|option|link|menu)/.test(text.slice(Number(at) + String(all).length))
        ? `${lead}${inside}`
        : `${lead}quotation`;
    },
  );
}

function tokenise(piece: string): Token[] {
  const raw = piece.match(/[\p{L}\p{N}]+(?:['.][\p{L}\p{N}]+)*|[,()/&]/gu) ?? [];
  const tokens: Token[] = [];
  for (const [at, bare] of raw.entries()) {
    if (/^[,()]$/.test(bare)) {
      tokens.push(BREAK);
      continue;
    }
    if (bare === "/") continue;
    for (const word of spell(bare, tokens.at(-1), raw[at + 1])) {
      tokens.push({ word, classes: classesOf(word) });
    }
  }
  return tokens;
}

const jobs: ReadonlySet<string> = new Set(["JOB"]);
const people: ReadonlySet<string> = new Set(["PERSON"]);
const notJobs =
  /^(?:seller|driver|user|member|customer|player|number|server|printer|computer|order|offer|letter|paper|router|speaker|character|visitor|neighbor|master|wizard|retailer|merchant|computer|calendar|restaurant|plant|later|other|never|after|another|whether|under|over)s?$/;

// An unknown word that ends as the names of trades do.
function job(word: string): ReadonlySet<string> {
  if (/.{3}(?:person|people)$/.test(word)) return people;
  return word.length >= 6 && /(?:er|or|ist|ian|ant|yst)s?$/.test(word) && !notJobs.test(word)
    ? jobs
    : classes(word);
}

function classesOf(word: string): ReadonlySet<string> {
  const own = classes(word);
  return own.size > 0 ? own : job(word);
}

function spell(bare: string, before: Token | undefined, after: string | undefined): string[] {
  const digit = digits[bare];
  if (
    digit &&
    before &&
    after &&
    (before.classes.has("TALK") || before.classes.has("WISH") || before.classes.has("ME"))
  ) {
    return [digit];
  }
  if (bare === "id" && /^(?:like|rather|love|prefer|want|appreciate|need)$/.test(after ?? ""))
    return ["i", "would"];
  const full = writtenOut(bare);
  if (full) return full;
  const calm = bare.replace(/(\p{L})\1{2,}/gu, "$1");
  if (calm !== bare && !known(calm)) {
    const doubled = bare.replace(/(\p{L})\1{2,}/gu, "$1$1");
    if (known(doubled)) return [doubled];
  }
  const short = writtenOut(calm);
  if (short) return short;
  if (!known(calm) && calm.endsWith("'s")) return [mend(calm.slice(0, -2)), "'s"];
  return [mend(calm)];
}

// “transfer a chat” moves a chat, “have a chat” talks.
const moved =
  /^(?:transfer|hand|pass|assign|route|forward|close|open|reopen|export|delete|archive|escalate|merge|start)$/;

function join(tokens: Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const parts = compounds
      .get(tokens[at]?.word ?? "")
      ?.find((words) => words.every((word, offset) => tokens[at + offset]?.word === word));
    const token = tokens[at];
    if (parts && !(parts[0] === "a" && moved.test(tokens[at - 1]?.word ?? ""))) {
      const word = parts.join("_");
      joined.push({ word, classes: classes(word) });
      at += parts.length;
    } else {
      if (token) joined.push(token);
      at += 1;
    }
  }
  return joined;
}
