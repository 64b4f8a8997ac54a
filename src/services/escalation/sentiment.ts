import { fold, words } from "./fold.ts";

// Weights from −3 to 3; what a support customer says of a service, not of a film.
const list = `
  -3: awful terrible horrible disgusting appalling scam fraud scammers thieves unacceptable outrageous furious disgrace hate worst pathetic liars atrocious
  -2: angry useless ridiculous annoyed annoying frustrated frustrating rubbish garbage crap stupid idiotic disappointed disappointing upset unhappy
    nonsense joke incompetent rude poor waste wasted fed sick tired wtf sucks suck damn bloody fuck fucking shit bullshit lied lying insane unbelievable nightmare
  -1: bad wrong broken slow problem problems issue annoys fail failed fails failing confusing confused late missing unclear difficult sad sorry worried complaint complain
    ignored ignoring stuck lost delayed unfair error errors
  1: ok okay fine thanks thank thx ty nice clear easy works solved fixed helped appreciate glad
  2: good great helpful happy perfect love lovely cool super kind pleased thrilled
  3: excellent amazing wonderful fantastic brilliant awesome best
`;

const weights = new Map<string, number>();
for (const [, weight, terms] of list.matchAll(/(-?\d):([^:]*?)(?=\n\s*-?\d:|$)/g)) {
  for (const word of words(terms ?? "")) weights.set(word, Number(weight));
}

const intensifiers = new Set(
  "very really so extremely absolutely totally completely utterly such too fucking bloody".split(" "),
);
const negations = new Set(
  "not no never isn't wasn't don't doesn't didn't can't cannot won't without hardly aren't dont cant wont".split(
    " ",
  ),
);
const repeated =
  /\b(?:(?:second|third|fourth|fifth|sixth|hundredth|\d+(?:nd|rd|th)) time|(?:twice|\d+ times|three times|several times|many times|how many times|over and over|again and again|yet again|still (?:not|no|nothing|waiting)|keep asking|already (?:told|said|asked|explained)|for the last time))\b/;

/** How a message sounds, from −1 (furious) to 1 (delighted): a lexicon with negation, emphasis, shouting and repetition. */
export function sentiment(text: string): number {
  const said = words(text);
  let sum = 0;
  for (const [at, word] of said.entries()) {
    const weight = weights.get(word);
    if (weight === undefined) continue;
    const before = said.slice(Math.max(0, at - 3), at);
    const strong = before.slice(-1).some((each) => intensifiers.has(each)) ? 1.5 : 1;
    const negated = before.some((each) => negations.has(each));
    // “not good” is bad; “not bad” is hardly praise.
    sum += negated ? -0.6 * weight * strong : weight * strong;
  }
  if (repeated.test(fold(text))) sum -= 2;
  if (sum < 0 && shouts(text)) sum *= 1.3;
  if (sum < 0 && /[!?]{2,}/.test(text.slice(0, 4000))) sum *= 1.2;
  return Math.round(Math.tanh(sum / 3.5) * 1000) / 1000;
}

function shouts(text: string): boolean {
  const letters = text.slice(0, 4000).replace(/[^\p{L}]/gu, "");
  if (letters.length < 8) return false;
  return letters.replace(/[^\p{Lu}]/gu, "").length > letters.length * 0.7;
}
