import type { ExplicitRequest } from "#contracts/escalation";
import { blocked } from "./blockers.ts";
import { fragment } from "./fragments.ts";
import { askFrames, type Frame } from "./frames.ts";
import { licensed } from "./licence.ts";
import { withNounPhrases } from "./noun-phrases.ts";
import { asksElsewhere } from "./other-languages.ts";
import { matchAt } from "./pattern.ts";
import { plainWish } from "./plain-wish.ts";
import { refusalFrames } from "./refusals.ts";
import { type Sentence, sentences, type Token } from "./tokens.ts";

/**
 * Whether a message asks for a person, from the shape of its sentences: who wishes what, of whom, and what is
 * negated, quoted, told of the past or of others. Names the frame it recognised.
 */
export function explicitRequest(text: string): ExplicitRequest {
  const found = sentences(text);
  let best: ExplicitRequest = { asks: false, score: 0, why: "no request for a person is made" };
  let mentioned = false;
  for (const sentence of found) {
    const seen = readSentence(sentence, found.length, mentioned);
    mentioned ||= sentence.tokens.some(
      (token) => token.word === "who" || token.classes.has("PERSON") || token.classes.has("ROLE"),
    );
    if (seen.score > best.score) best = seen;
    if (best.asks && best.score >= 0.9) return best;
  }
  return best.asks ? best : (asksElsewhere(text) ?? best);
}

function readSentence({ tokens }: Sentence, all: number, mentioned: boolean): ExplicitRequest {
  const chunked = withPronouns(withNounPhrases(tokens), mentioned);
  const alone = fragment(chunked, all);
  if (alone) return alone;

  let best: ExplicitRequest = { asks: false, score: 0, why: "no request for a person is made" };
  for (const frame of relevant(chunked)) {
    for (let at = 0; at < chunked.length; at++) {
      const end = matchAt(chunked, frame.pattern, at);
      if (end < 0) continue;
      const seen = judge(frame, chunked, at, end);
      if (seen.score > best.score) best = seen;
    }
    if (best.score >= 0.9) return best;
  }
  return best.asks ? best : (plainWish(chunked) ?? best);
}

// “your agent Anna … can I talk to her”: the pronoun stands for the person named before.
function withPronouns(tokens: Token[], mentioned: boolean): Token[] {
  const before = mentioned
    ? -1
    : tokens.findIndex((token) => token.classes.has("NP_FIRM") || token.word === "who");
  if (before < 0 && !mentioned) return tokens;
  return tokens.map((token, at) => (at > before && /^(?:them|him|her)$/.test(token.word) ? someone : token));
}

const someone: Token = { word: "them", classes: new Set(["NP", "NP_SOMEONE"]) };

function relevant(tokens: readonly Token[]): Frame[] {
  const names = tokens.some((token) => token.classes.has("NP"));
  const machine = tokens.some((token) => token.classes.has("MACHINE"));
  const loose = tokens.some((token) => looseWords.has(token.word));
  return [...(names || loose ? askFrames : []), ...(machine ? refusalFrames : [])];
}

// Frames that name no person: “transfer me”, “call me back”, “who can I talk to”.
const looseWords = new Set(
  `me us escalate escalated who phone case issue ticket complaint nobody noone no callback call_back touch be_transferred be_connected be_put_through be_escalated get_connected get_transferred
  charge phone call ring`.split(/\s+/),
);

function judge(frame: Frame, tokens: readonly Token[], at: number, end: number): ExplicitRequest {
  const contains =
    frame.why === "repeats the request" ||
    frame.why.startsWith("complains") ||
    frame.why === "refuses the machine";
  const reason = blocked(tokens, at, end, !contains);
  if (reason) return { asks: false, score: 0.3, why: `${frame.why}, but ${reason}` };
  if (frame.licence !== "none" && !licensed(frame.licence, tokens, at)) {
    return { asks: false, score: 0.2, why: "a person is mentioned without a wish" };
  }
  return { asks: true, score: frame.score, why: frame.why };
}
