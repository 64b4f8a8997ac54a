import { classes } from "./lexicon.ts";
import { withTail } from "./noun-phrase-tail.ts";
import type { Token } from "./tokens.ts";

const HEADS = ["SOMEONE", "PERSON", "ROLE", "DEPT", "UNIT"];

// Words that name a person only with an article before them: “man, this is slow” calls nobody.
const weak = new Set(
  `man woman guy dude bloke fellow lady gal chap lad being beings tech lead professional planner buyer owner doctor lawyer nurse
  mechanic marketing payments accounts returns refunds refund sales reservations bookings claims payroll warranty legal shipping
  support finance line`.split(/\s+/),
);

/** The same tokens with every phrase that names someone who could answer made one NP token. */
export function withNounPhrases(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = phraseAt(tokens, at);
    if (found) {
      const whole = withTail(found, tokens);
      out.push(whole.token);
      at = whole.end;
    } else {
      const token = tokens[at];
      if (token) out.push(machineOf(token, tokens.slice(Math.max(0, at - 4), at)));
      at += 1;
    }
  }
  return out;
}

// “my chatbot” and “the washing machine” are not the one that answers here.
function machineOf(token: Token, near: readonly Token[]): Token {
  const before = near.at(-1);
  if (/^(?:machine|computer|program|software|script|recording)s?$/.test(token.word)) {
    const met = near.some(
      (each) =>
        each.classes.has("TO") || each.classes.has("FREE_TALK") || /^(?:a|not|for|just|are)$/.test(each.word),
    );
    if (!met) return { word: token.word, classes: new Set() };
  }
  if (!before || !token.classes.has("MACHINE")) return token;
  const thing = /^(?:machine|computer|robot|software|program|recording|script)s?$/.test(token.word);
  const compound = thing && unknown(before) && !transparent.test(before.word);
  return /^(?:my|our|his|her|their)$/.test(before.word) || compound
    ? { word: token.word, classes: new Set() }
    : token;
}

const transparent =
  /^(?:stupid|dumb|useless|silly|idiotic|annoying|of|like|not|more|hate|crap|crappy|lousy|sick|some|about|against|into|as|for|fucking|no|is|are|being|just|dealing|talking)$/;

// Words no class but that of a trade is known of.
function unknown(token: Token): boolean {
  return token.classes.size === 0 || (token.classes.size === 1 && token.classes.has("JOB"));
}

type Lead = { end: number; owner: string; article: boolean; real: boolean };

function phraseAt(tokens: readonly Token[], start: number): { token: Token; end: number } | undefined {
  const lead = leadAt(tokens, start);
  let end = lead.end;
  const modifier = isModifier(tokens[end], tokens[end + 1], lead);
  if (modifier) end += 1;

  const first = end;
  while (end - first < 4 && isHead(tokens[end], end > first ? tokens[end - 1] : undefined, tokens[end + 1]))
    end += 1;
  const heads = tokens.slice(first, end);
  if (
    heads.length === 0 &&
    /^(?:one|any|some)$/.test(tokens[start]?.word ?? "") &&
    tokens[start + 1]?.word === "of" &&
    tokens[start + 2]?.word === "your"
  ) {
    const noun = tokens[end];
    if (
      noun &&
      unknown(noun) &&
      /s$|men$|people$/.test(noun.word) &&
      !/^(?:products|items|plans|shops|stores|hotels|machines|bots|articles|links|emails|offers|services|deals)$/.test(
        noun.word,
      )
    ) {
      return {
        token: phrase(noun.word, "ROLE", { foreign: false, desk: false, light: false, lead }),
        end: end + 1,
      };
    }
  }
  if (heads.length === 0) return bareLead(tokens, lead);

  const named = heads.filter((token) => !only(token, "UNIT"));
  const last = named.at(-1) ?? heads.at(-1);
  if (!last) return undefined;
  if (named.length === 0 && !modifier && !/^(?:your|the|one|a|your)/.test(tokens[start]?.word ?? ""))
    return undefined;
  if (named.length === 0 && /^(?:side|line|desk)$/.test(last.word) && !modifier) return undefined;

  const kind = HEADS.find((name) => last.classes.has(name)) ?? "UNIT";
  const desk =
    heads.some((token) => token.classes.has("UNIT") && named.length > 0) || last.word.includes("_");
  const foreign = isForeign(tokens, { start, first, end }, lead, last, kind);
  const light = weak.has(last.word) && heads.length === 1 && !lead.article && !lead.real;
  return { token: phrase(last.word, kind, { foreign, desk, light, lead }), end };
}

function leadAt(tokens: readonly Token[], start: number): Lead {
  let end = start;
  let owner = "";
  let article = false;
  let real = false;
  const words = [0, 1, 2, 3].map((offset) => tokens[start + offset]?.word ?? "");
  if (/^(?:one|any|some)$/.test(words[0] ?? "") && words[1] === "of") {
    article = true;
    end += 2;
  } else if (words[0] === "a" && words[1] === "member" && words[2] === "of") {
    article = true;
    end += 3;
  }
  for (; end - start < 9; end++) {
    const token = tokens[end];
    if (!token || end >= tokens.length) break;
    const next = tokens[end + 1];
    if (/^(?:this|that)$/.test(token.word) && next?.classes.has("DET")) break;
    if (
      token.classes.has("OWNER") ||
      (token.word === "one" &&
        !article &&
        !/^(?:single|human|real|actual)$/.test(tokens[end + 1]?.word ?? ""))
    )
      owner = token.word;
    else if (token.classes.has("DET") || token.word === "one") article = true;
    else if (token.classes.has("REAL")) {
      if (token.classes.has("PERSON") && !(next && continues(next, tokens[end + 2]))) break;
      real = true;
    } else if (!token.classes.has("ADJ") || HEADS.some((name) => token.classes.has(name))) break;
  }
  return { end, owner, article, real };
}

// “human” leads on to a noun in “human agent”, and is the noun in “human please”.
function continues(next: Token, after: Token | undefined): boolean {
  if (next.classes.has("AID") && after && /^(?:me|us|my|this|it|out|you|at|him|her)$/.test(after.word))
    return false;
  return (
    ["PERSON", "ROLE", "DEPT", "AID", "REAL", "ADJ"].some((name) => next.classes.has(name)) &&
    !/^(?:now|first|right|available|free)$/.test(next.word)
  );
}

// “customer rep”, “service adviser”.
const served =
  /^(?:reps?|representatives?|agents?|executives?|advis[eo]rs?|specialists?|officers?|advocates?)$/;

function isModifier(word: Token | undefined, next: Token | undefined, lead: Lead): boolean {
  if (word && next && /^(?:customer|client|guest|patient|service)$/.test(word.word) && served.test(next.word))
    return true;
  if (word?.word === "shift") return next?.classes.has("ROLE") === true;
  if (!word || !next || !unknown(word) || (word.word.length < 4 && !/^(?:it|hr|pr)$/.test(word.word)))
    return false;
  if (/^(?:with|from|about|that|this|what|when|where|which|there|have|help|then|than)$/.test(word.word))
    return false;
  return (
    /^(?:department|dept|teams?|desk|office|division|unit)$/.test(next.word) ||
    (lead.article && (next.classes.has("ROLE") || next.classes.has("PERSON")))
  );
}

function isHead(token: Token | undefined, before: Token | undefined, after: Token | undefined): boolean {
  if (!token) return false;
  const follows = before !== undefined;
  if (follows && token.classes.has("AID"))
    return continues(token, after) && /^(?:human|live)$/.test(before.word);
  if (follows && token.classes.has("SOMEONE")) return false;
  return HEADS.some((name) => token.classes.has(name)) && !(follows && token.classes.has("MACHINE"));
}

// “a living being”, “live assistance”, “the real one”.
function bareLead(tokens: readonly Token[], lead: Lead) {
  const next = tokens[lead.end];
  const before = tokens[lead.end - 1];
  if (
    before?.word === "senior" &&
    lead.article &&
    (!next || next.classes.has("BREAK") || next.classes.has("TIMEWORD"))
  ) {
    return {
      token: phrase("senior", "ROLE", { foreign: false, desk: false, light: false, lead }),
      end: lead.end,
    };
  }
  if (!next || !before || !lead.real) return undefined;
  const helper = next.classes.has("AID") && /^(?:live|human)$/.test(before.word);
  const one = next.word === "one" && lead.article;
  if (!helper && !one) return undefined;
  const light = one;
  return {
    token: phrase(next.word, "PERSON", { foreign: false, desk: false, light, lead }),
    end: lead.end + 1,
  };
}

type Span = { start: number; first: number; end: number };

function isForeign(
  tokens: readonly Token[],
  { start, first, end }: Span,
  lead: Lead,
  last: Token,
  kind: string,
) {
  const { owner } = lead;
  const ownStaff = (owner === "my" || owner === "our") && last.classes.has("OWN_STAFF");
  if (owner && !ownStaff && kind !== "SOMEONE") return true;
  const before = first > 0 ? tokens[first - 1] : undefined;
  if (
    before &&
    (before.classes.has("FOREIGN") || /^(?:real_estate|estate)$/.test(before.word)) &&
    kind !== "SOMEONE"
  )
    return true;
  const outer = tokens[start - 1];
  if (outer?.word === "contact" && /^(?:a|the|our|my|your|your)$/.test(tokens[start - 2]?.word ?? ""))
    return true;
  if (
    outer &&
    kind !== "SOMEONE" &&
    (outer.classes.has("FOREIGN") || outer.word === "how_many" || outer.word === "in")
  ) {
    if (!lead.article || outer.classes.has("FOREIGN")) return true;
  }
  const next = tokens[end];
  if (next?.word === "'s") return true;
  if (!next || kind === "SOMEONE") return false;
  if (
    (kind === "ROLE" || /^(?:representative|agent|operator)$/.test(last.word)) &&
    unknown(next) &&
    next.word.length > 3 &&
    !/(?:ly|ing|ed)$|^(?:with|from|about|when|then|before|after|regarding|because|since|while|over|into|immediately|else|than|where|next|today|tomorrow|hung|left|told|sent|gave|came|went|kept|said|never|also|promised|wrote|knows|speaks|there)$/.test(
      next.word,
    )
  ) {
    return true;
  }
  return (
    next.classes.has("THING") || (unknown(next) && /.{3}(?:tion|ment|ship|ity|ware|ness)s?$/.test(next.word))
  );
}

type Made = { foreign: boolean; desk: boolean; light: boolean; lead: Lead };

function phrase(word: string, kind: string, { foreign, desk, light, lead }: Made): Token {
  if (foreign) return { word, classes: new Set(["FOREIGN_NP"]) };
  const made = new Set<string>(["NP", `NP_${kind}`]);
  if (desk) made.add("NP_DESK");
  if (lead.real || word.startsWith("live_") || classes(word).has("REAL")) made.add("NP_REAL");
  if (lead.real) made.add("NP_FIRM");
  if (lead.owner) made.add("NP_OWN");
  if (lead.article || lead.owner) made.add("NP_WITH_ARTICLE");
  if (light) made.add("NP_LIGHT");
  if (!light && kind !== "DEPT" && kind !== "UNIT") made.add("NP_FIRM");
  if (desk && kind === "DEPT") made.add("NP_FIRM");
  // A light noun keeps its other senses: “support”, “returns”, “line”.
  if (light) for (const name of classes(word)) made.add(name);
  return { word, classes: made };
}

function only(token: Token, name: string): boolean {
  return (
    token.classes.has(name) &&
    !["PERSON", "ROLE", "DEPT", "SOMEONE"].some((other) => token.classes.has(other))
  );
}
