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
import { type Chunked, leaning, turnsOfPhrase } from "./wording.ts";

/**
 * Whether a message asks for a person. Two readers judge it: frames, which know the shape of requests (who wishes
 * what, of whom, and what is negated, quoted, told of the past or of others), and the wording as a whole, which
 * knows what requests and mere mentions have been worded like. Each can make up for what the other has not met.
 */
export function explicitRequest(text: string): ExplicitRequest {
  const message = chunked(sentences(text));
  const seen = weighed(framed(message), message);
  return seen.asks ? seen : (asksElsewhere(text) ?? seen);
}

/** The turns of phrase by which the wording of a message is judged. */
export function phrasesOf(text: string): Set<string> {
  return turnsOfPhrase(chunked(sentences(text)));
}

// What a frame, and a frame that something speaks against, add to the wording; and from what sum on it is a
// request: wording that no frame supports must be the surer, and about people or contact at all.
const FRAME = 1.5;
const BLOCKED = -2;
const ENOUGH = -0.2;
const ENOUGH_ALONE = 0.4;

function weighed(frame: ExplicitRequest, message: readonly Chunked[]): ExplicitRequest {
  const against = frame.score > 0 ? BLOCKED : 0;
  const sum = leaning(message) + (frame.asks ? FRAME : against);
  const asks = frame.asks ? sum > ENOUGH : sum > ENOUGH_ALONE && aboutContact(message);
  if (asks === frame.asks) return frame;
  return asks
    ? { asks, score: 1 / (1 + Math.exp(-sum)), why: "is worded as requests for a person are" }
    : { asks, score: 0.4, why: `${frame.why}, but is not worded as a request` };
}

const contact = [
  "NP_FIRM",
  "NP_DESK",
  "FOREIGN_NP",
  "MACHINE",
  "TALK",
  "TALKING",
  "FREE_TALK",
  "SEND",
  "SENT",
];

function aboutContact(message: readonly Chunked[]): boolean {
  return message.some(({ tokens }) =>
    tokens.some(({ word, classes }) => word === "who" || contact.some((name) => classes.has(name))),
  );
}

function chunked(message: readonly Sentence[]): Chunked[] {
  return message.map(({ tokens, asks }) => ({ tokens: withNounPhrases(tokens), asks }));
}

const unasked: ExplicitRequest = { asks: false, score: 0, why: "no request for a person is made" };

function framed(message: readonly Chunked[]): ExplicitRequest {
  let best = unasked;
  let mentioned = false;
  for (const { tokens } of message) {
    const seen = readSentence(withPronouns(tokens, mentioned), message.length);
    mentioned ||= tokens.some(
      ({ word, classes }) => word === "who" || classes.has("NP") || classes.has("FOREIGN_NP"),
    );
    if (seen.score > best.score) best = seen;
    if (best.asks && best.score >= 0.9) return best;
  }
  return best;
}

function readSentence(tokens: readonly Token[], all: number): ExplicitRequest {
  const alone = fragment(tokens, all);
  if (alone) return alone;

  let best = unasked;
  for (const frame of relevant(tokens)) {
    for (let at = 0; at < tokens.length; at++) {
      const end = matchAt(tokens, frame.pattern, at);
      if (end < 0) continue;
      const seen = judge(frame, tokens, at, end);
      if (seen.score > best.score) best = seen;
    }
    if (best.score >= 0.9) return best;
  }
  return best.asks ? best : (plainWish(tokens) ?? best);
}

// “your agent Anna … can I talk to her”, “does a human ever answer? I'd like one”: who was named before.
function withPronouns(tokens: readonly Token[], mentioned: boolean): readonly Token[] {
  const before = mentioned
    ? -1
    : tokens.findIndex((token) => token.classes.has("NP_FIRM") || token.word === "who");
  if (before < 0 && !mentioned) return tokens;
  return tokens.map((token, at) => {
    if (at <= before) return token;
    const meant = /^(?:them|him|her)$/.test(token.word) || (token.word === "one" && wantedOne(tokens, at));
    return meant ? someone : token;
  });
}

function wantedOne(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const next = tokens[at + 1];
  const ends = !next || next.classes.has("BREAK") || next.classes.has("TIMEWORD");
  return ends && before !== undefined && /^(?:like|want|need|to|me|with|prefer|get)$/.test(before.word);
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
