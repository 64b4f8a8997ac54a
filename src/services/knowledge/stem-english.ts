/**
 * The English stemmer of Snowball ("Porter 2"), the same that Postgres calls `english_stem`,
 * so that a word has one stem in the database and here.
 */
export function stemEnglish(input: string): string {
  const known = exceptions.get(input);
  if (known !== undefined) return known;
  if (input.length <= 2) return input;
  let word = markConsonantY(input.replace(/^'/, ""));
  const [r1, r2] = regions(word);
  word = word.replace(/'s'$|'s$|'$/, "");
  word = plural(word);
  if (finalAfterPlural.has(word)) return word;
  word = pastAndGerund(word, r1);
  word = word.replace(/(.[^aeiouy])[yY]$/, "$1i");
  word = longSuffix(word, r1);
  word = adjectiveSuffix(word, r1, r2);
  word = residualSuffix(word, r2);
  word = lastLetter(word, r1, r2);
  return word.replaceAll("Y", "y");
}

const exceptions = new Map(
  Object.entries({
    skis: "ski",
    skies: "sky",
    idly: "idl",
    gently: "gentl",
    ugly: "ugli",
    early: "earli",
    only: "onli",
    singly: "singl",
    sky: "sky",
    news: "news",
    howe: "howe",
    atlas: "atlas",
    cosmos: "cosmos",
    bias: "bias",
    andes: "andes",
  }),
);

const finalAfterPlural = new Set([
  "inning",
  "outing",
  "canning",
  "herring",
  "earring",
  "proceed",
  "exceed",
  "succeed",
]);

const vowel = /[aeiouy]/;
const shortSyllableAtEnd = /(?:^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/;

function markConsonantY(word: string): string {
  return word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
}

/** R1 begins after the first consonant that follows a vowel; R2 is the same within R1. */
function regions(word: string): [number, number] {
  const special = /^(?:gener|commun|arsen)/.exec(word);
  const r1 = special === null ? after(word, 0) : special[0].length;
  return [r1, after(word, r1)];
}

function after(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found === null ? word.length : from + found.index + 2;
}

function within(word: string, suffix: string, region: number): boolean {
  return word.length - suffix.length >= region;
}

function plural(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  if (/(?:us|ss)$/.test(word) || !word.endsWith("s")) return word;
  return vowel.test(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function pastAndGerund(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed !== null) return within(word, eed[0], r1) ? word.slice(0, eed.index + 2) : word;
  const suffix = /(?:edly|ingly|ed|ing)$/.exec(word);
  if (suffix === null) return word;
  const stem = word.slice(0, suffix.index);
  if (!vowel.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/^[aeo](?:dd|ff|gg)$/.test(stem)) return stem;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return stem.length <= r1 && shortSyllableAtEnd.test(stem) ? `${stem}e` : stem;
}

const longSuffixes: [string, string][] = [
  ["ational", "ate"],
  ["ization", "ize"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["fulli", "ful"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
];

function longSuffix(word: string, r1: number): string {
  for (const [suffix, replacement] of longSuffixes) {
    if (!word.endsWith(suffix)) continue;
    return within(word, suffix, r1) ? word.slice(0, -suffix.length) + replacement : word;
  }
  if (word.endsWith("ogi"))
    return word.endsWith("logi") && within(word, "ogi", r1) ? word.slice(0, -1) : word;
  if (/[cdeghkmnrt]li$/.test(word) && within(word, "li", r1)) return word.slice(0, -2);
  return word;
}

const adjectiveSuffixes: [string, string][] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];

function adjectiveSuffix(word: string, r1: number, r2: number): string {
  for (const [suffix, replacement] of adjectiveSuffixes) {
    if (!word.endsWith(suffix)) continue;
    return within(word, suffix, r1) ? word.slice(0, -suffix.length) + replacement : word;
  }
  return word.endsWith("ative") && within(word, "ative", r2) ? word.slice(0, -5) : word;
}

const residual = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|ion)$/;

function residualSuffix(word: string, r2: number): string {
  const suffix = residual.exec(word)?.[0];
  if (suffix === undefined || !within(word, suffix, r2)) return word;
  const stem = word.slice(0, -suffix.length);
  return suffix === "ion" && !/[st]$/.test(stem) ? word : stem;
}

function lastLetter(word: string, r1: number, r2: number): string {
  if (word.endsWith("e")) {
    const stem = word.slice(0, -1);
    if (within(word, "e", r2)) return stem;
    return within(word, "e", r1) && !shortSyllableAtEnd.test(stem) ? stem : word;
  }
  return word.endsWith("ll") && within(word, "l", r2) ? word.slice(0, -1) : word;
}
