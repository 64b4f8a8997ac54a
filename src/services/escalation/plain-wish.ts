import type { ExplicitRequest } from "#contracts/escalation";
import { blocked } from "./blockers.ts";
import { clauseBefore, licensed } from "./licence.ts";
import type { Token } from "./tokens.ts";

const ways = [
  "WISH",
  "MODAL",
  "TALK",
  "TALKING",
  "FREE_TALK",
  "TO",
  "SEND",
  "SENT",
  "ONTO",
  "GIVE",
  "ME",
  "POLITE",
  "ADJ",
  "DET",
];
const more = ["HAVE", "ACT", "HELP", "REAL", "CASE", "THIS", "TIMEWORD", "CALL_ME"];
const small = new Set(
  `i we you be would to it this that my me us for of as so do done doing tell telling say kindly about with from by if have has had is there
  am been get being able how one step option next only also let like who whom at where what could need time directly use turn`.split(
    /\s+/,
  ),
);
const elsewhere = new Set(
  `give send share lend sell gift add invite remove buy book order find hire become meet block report delete assign rate tip nominate pay
  marry follow name register cancel withdraw bring show see know deliver ship rent describe draw move play verify page drop visit pick take join
  tag mention thank read text`.split(/\s+/),
);

/**
 * The general case behind the frames: a wish or an order of the writer, then only words of asking and
 * of contact, then a person.
 */
export function plainWish(tokens: readonly Token[]): ExplicitRequest | undefined {
  for (const [at, token] of tokens.entries()) {
    if (!token.classes.has("NP_FIRM") || token.classes.has("NP_OWN")) continue;
    const left = clauseBefore(tokens, at);
    const before = left.at(-1);
    if (!before || left.length < 2 || !leads(before)) continue;
    if (left.some((each) => each.classes.has("NEG")) || /^(?:what|which|how)$/.test(left[0]?.word ?? ""))
      continue;
    if (left.some((each) => elsewhere.has(each.word)) || !left.every(ofAsking)) continue;
    if (!left.some(meantByWriter) || !licensed("order", tokens, at)) continue;
    if (fond(left) || blocked(tokens, at, at + 1, true)) continue;
    return { asks: true, score: 0.6, why: "wishes for a person" };
  }
  return undefined;
}

// “I love talking to people” tells a taste, “I would love to” a wish.
function fond(left: readonly Token[]): boolean {
  return /^(?:i|we) (?:also |really )?(?:love|like|enjoy) /.test(left.map((each) => each.word).join(" "));
}

function leads(before: Token): boolean {
  return /^(?:to|with|by|from|through|let|have|get|want|need|of|for|rather|prefer|see)$/.test(before.word);
}

function ofAsking({ word, classes }: Token): boolean {
  return small.has(word) || word.endsWith("ly") || [...ways, ...more].some((name) => classes.has(name));
}

function meantByWriter({ word, classes }: Token): boolean {
  return /^(?:i|we|me|us|please|let|this|it)$/.test(word) || classes.has("WISH");
}
