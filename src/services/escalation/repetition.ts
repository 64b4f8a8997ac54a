import { fold, words } from "./fold.ts";

/** How often the customer asked the same question, this time included: as counted, or as they say themselves. */
export function timesAsked(text: string, earlier: readonly string[]): number {
  const asked = content(text);
  const before = asked.size === 0 ? [] : earlier.slice(-30).filter((other) => alike(asked, content(other)));
  return Math.max(1 + before.length, timesClaimed(text));
}

const ordinals = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];
const asking =
  /\b(?:ask(?:ed|ing)?|tell(?:ing)?|told|say(?:ing)?|said|explain(?:ed|ing)?|writ(?:e|ing)|wrote|question)\b/;
const claim =
  /\b(?:(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|(\d{1,2})(?:nd|rd|th)) time\b/;

// “This is the third time I ask” counts, however the question was worded before.
function timesClaimed(text: string): number {
  for (const sentence of fold(text).split(/[.!?\n]/)) {
    if (!asking.test(sentence)) continue;
    const [, word, digits] = claim.exec(sentence) ?? [];
    if (word !== undefined) return ordinals.indexOf(word) + 1;
    if (digits !== undefined) return Math.max(1, Number(digits));
  }
  return 1;
}

const idle = new Set(
  `a an the i my me you your we is are was do does did can could would will it this that to of in on for with and or but so please hi hello hey
  what how when where why which have has had be been am at from just ok thanks tell again still asked ask already time times`.split(
    /\s+/,
  ),
);

function content(text: string): Set<string> {
  return new Set(
    words(text)
      .filter((word) => !idle.has(word))
      .map((word) => word.replace(/(?:ing|ed|s)$/, "")),
  );
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (b.size === 0 || otherNumbers(a, b)) return false;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared) >= 0.6;
}

// Who asks of another order asks another question, in whatever alike words.
function otherNumbers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [mine, theirs] = [numbersOf(a), numbersOf(b)];
  return mine.length > 0 && theirs.length > 0 && !mine.some((number) => theirs.includes(number));
}

function numbersOf(content: ReadonlySet<string>): string[] {
  return [...content].filter((word) => /\d/.test(word));
}
