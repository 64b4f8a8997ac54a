import { matchAt, type Pattern, pattern } from "./pattern.ts";
import type { Token } from "./tokens.ts";

const anywhere = (tokens: readonly Token[], patterns: Pattern[]): boolean =>
  patterns.some((steps) => tokens.some((_, at) => matchAt(tokens, steps, at) >= 0));

const has = (token: Token | undefined, name: string): boolean =>
  token !== undefined && (token.word === name || token.classes.has(name));

const hypothetical = [
  "if i|we|ever ..2 ever|need|want|wanted|needed|should|have|had|decide|choose|ask|prefer|wish|do|did|were|say|type|call|request|get",
  "if|when|whenever|after|once THIRD|someone|somebody|FOREIGN_NP|NP|everyone|you ..2 ask|asks|want|wants|wanted|need|needs|request|requests|talk|talks|prefer|prefers|types|type|write|writes|call|calls",
  "if|when a|the|my|our ..1 THIRD|FOREIGN_NP ..2 ask|asks|want|wants|need|needs|request|requests|prefers|says|types|is",
  "what happens|happen|if",
  "if things|something|anything|someone|somebody",
  "in case",
  "in case i|we",
  "should i|we one|ever|someday|need|want|wish|have",
  "suppose|supposing|imagine|hypothetically|theoretically",
  "say|assume|assuming|suppose i|we|someone|somebody needed|wanted|had",
  "in the future",
  "was|were going|about|gonna to",
  "would have",
  "one|some day",
  "someday|eventually|hypothetical",
  "at some|any point",
  "if this|that|it ..3 work|works|help|helps|fail|fails ..2 i|we will|might|may|shall",
  "just curious|wondering|asking $",
].map(pattern);

const aboutProduct = [
  "my|our own? ..1 THIRD|website|site|shop|store|app|page|server|discord|channel|company",
  "your|the|this product|tool|software|widget|platform|api|system|sdk|plugin|integration|app|bot|chatbot|ai|assistant ..1 support|supports|transfer|transfers|hand|connect|connects|escalate|escalates|offer|let|allow|route|detect|show|pass|forward|forwards|know|handle",
  "does|do|can|will your|the|this|that|it|premium|ai product|tool|software|widget|platform|api|system|sdk|bot|chatbot|ai|assistant|plan|tier|subscription? ..2 support|transfer|hand|connect|escalate|offer|let|include|allow|route|detect|show|pass|speak|talk|know|forward",
  "set|setup|configure|make|set_up ..1 bot|handover|rules|rule|automation|flow|workflow|escalation",
  "how|where ..4 set|setup|configure|enable|build|create|implement|add|remove|delete|invite|train|rate|tip|hire",
  "which|what|whose plan|plans|tier|package|subscription|level",
  "plan|tier|package|subscription include|includes|including|lets|let|allow|allows|come|comes|with|give|gives",
  "how much|many",
  "how fast|quickly|often can|do|does",
  "how long does|is|will",
  "limit|maximum|minimum on|of|to|for how",
  "what time|times|hours|days|languages|percentage|salary",
  "what is|are|was|were ..2 hours|cost|price|fee|salary|difference|charge|role|opening",
  "on what|which days",
  "the|a|is|what cost|price|fee|charge ..2 of|for|to",
  "does it cost",
  "is it free|expensive",
  "what is|are|does ..1 NP|FOREIGN_NP $",
  "be|become|becoming|as a|an|the ..2 NP|NP_FIRM",
  "hire|hiring|employ|recruit|apply|applying|salary|vacancy|job|jobs|interview",
  "do|must|should|will i|we need|have to? TALK|FREE_TALK|call ..1 to|with? NP",
  "do|will|should i|we need NP",
  "must|will i|we TALK|be_connected|be_transferred to|with? NP",
  "how|where ..3 transfer|assign|route|forward|hand|escalate a|the|calls|chats|chat|tickets|ticket|conversations|conversation",
  "are|do you ..1 looking|need|want|hiring|searching|require",
  "cancel|withdraw|stop|undo ..2 request|transfer|chat",
  "in|with|inside your|the|this framework|product|tool|platform|software|dashboard|sdk|api|widget",
  "how|when do|does ..3 decide|know|choose|tell when|whether|if|which|who",
  "can i TALK|FREE_TALK ..4 while",
  "story|game|quest|movie|novel|film|character",
  "game|this|each|bonus|boss|easy|hard level",
  "should|do i|we tip|tell|rate|show|give|pay",
].map(pattern);

const reported = ["REPORT that|to|me|us|quotation|him|her|you|i|we|talk|speak|contact", "REPORT"].map(
  pattern,
);

// Words that may stand between a negation and what it negates.
const transparent = new Set(
  `to really even yet be have any a an the do going asking for looking trying interested in ever feel think believe i we that currently
  actually especially particularly necessarily just need reason point sense bother please you me us it is there want wish like require
  must dare am of getting having being forced ready going_to about made make send anyone getting calling much all at dont necessary
  longer more again here one needed sure require required`.split(/\s+/),
);

/** Why a frame found at `start` in the sentence does not count, or `undefined` when it does. */
export function blocked(
  tokens: readonly Token[],
  start: number,
  end: number,
  inside: boolean,
): string | undefined {
  const left = tokens.slice(0, start);
  const segment = segmentOf(left);
  const around = tokens.slice(0, end);
  const named = tokens.findIndex((token, at) => at >= start && at < end && has(token, "NP"));
  const whole = named < 0 ? segment : segmentOf(tokens.slice(0, named));

  if (negated(left, tokens, start)) return "it is negated";
  if (inside && named > start) {
    if (negated(tokens.slice(0, named), tokens, named)) return "it is negated";
    if (insteadOf(whole)) return "it names what should not be";
    if (isReported(whole)) return "it reports what someone said";
  }
  if (inside && tokens.slice(start, end).some((token) => /^(?:than|without)$/.test(token.word))) {
    return "it names what should not be";
  }
  if (
    has(tokens[end - 1], "NP_SOMEONE") &&
    tokens[end]?.word === "to" &&
    tokens[end + 1]?.classes.size === 0
  ) {
    return "the person is for something else";
  }
  if (isHypothetical(around, tokens)) return "it is hypothetical";
  if (anywhere(tokens, aboutProduct)) return "it asks about a product, a price or staff";
  if (isReported(segment)) return "it reports what someone said";
  if (predicate(segment, tokens.slice(start, start + 4))) return "it says who someone is";
  if (thirdPerson(segment, tokens[start])) return "it speaks of someone else";
  if (namesTalk(tokens, start)) return "it names a talk, and asks for none";
  if (insteadOf(segment)) return "it names what should not be";
  if (inThePast(whole, tokens, end)) return "it tells of the past";
  if (
    tokens.slice(0, end).some((token) => /^(?:mind|happy|fine|enjoy|love)$/.test(token.word)) &&
    has(tokens[end - 1], "MACHINE")
  ) {
    return "the machine is welcome";
  }
  if (
    has(tokens[end], "THING") &&
    /^(?:button|option|link|menu|feature|page)$/.test(tokens[end]?.word ?? "")
  ) {
    return "it names a part of the page";
  }
  return undefined;
}

function segmentOf(left: readonly Token[]): Token[] {
  return left.slice(left.findLastIndex((token) => has(token, "BREAK")) + 1);
}

function negated(left: readonly Token[], tokens: readonly Token[], start: number): boolean {
  for (let at = left.length - 1; at >= 0 && at >= left.length - 9; at--) {
    const token = left[at];
    if (!token) break;
    if (has(token, "NEG")) return !harmless(left, tokens, at, start);
    const passes =
      transparent.has(token.word) ||
      has(token, "WISH") ||
      has(token, "TALKING") ||
      has(token, "TALK") ||
      has(token, "TO");
    if (!passes) return false;
  }
  return false;
}

// “why can't I…”, “can't I…”, “not until I…”, “no chance to…”: these ask all the same.
function harmless(left: readonly Token[], tokens: readonly Token[], at: number, start: number): boolean {
  const before = left.slice(Math.max(0, at - 6), at);
  const next = tokens[at + 1]?.word ?? "";
  if (before.some((token) => /^(?:why|how_come|come)$/.test(token.word))) return true;
  const auxiliary = /^(?:can|could|do|does|is|are|will|would|may|should|did|have)$/.test(
    before.at(-1)?.word ?? "",
  );
  const first =
    before.length === 1 || !/^(?:i|we|you|it|they|there|that|this)$/.test(before.at(-2)?.word ?? "");
  if (auxiliary && first && /^(?:i|we|you|there|someone|somebody|anyone)$/.test(next)) return true;
  if (tokens.slice(at, start).some((token) => /^(?:until|unless|except|but|besides)$/.test(token.word)))
    return true;
  if (has(left[at], "no") && /^(?:i|we|way|please|just|get|give|can|could)$/.test(next))
    return next !== "way" || before.some((token) => token.word === "there");
  const can = /^(?:can|could)$/.test(before.at(-1)?.word ?? "");
  if (can && /^(?:even|just|ever|seem|reach|get|find|get_hold|get_through)$/.test(next)) return true;
  return can && /^(?:get|reach|find|get_hold|get_through)$/.test(tokens[start]?.word ?? "");
}

function isHypothetical(around: readonly Token[], tokens: readonly Token[]): boolean {
  if (!anywhere(around, hypothetical) && !anywhere(tokens.slice(-4), hypothetical.slice(-1))) return false;
  const threat = pattern("if i|we do? not|never ..3 TALK|hear|get");
  const polite = anywhere(around, [
    threat,
    pattern(
      "wondering|happier|happy|better|prefer|rather|love|easier|best|see|great|grateful|appreciate|know|mind|nice|good|helpful|thankful|lovely|glad|kind if",
    ),
  ]);
  return !polite;
}

function isReported(segment: readonly Token[]): boolean {
  return segment.some((token, at) => {
    if (!has(token, "REPORT") || !reported.some((steps) => matchAt(segment, steps, at) >= 0)) return false;
    const subject = segment.slice(Math.max(0, at - 4), at);
    return !subject.some((each) => /^(?:i|we|already)$/.test(each.word));
  });
}

function thirdPerson(segment: readonly Token[], core: Token | undefined): boolean {
  const own = segment.findLastIndex((token) => /^(?:i|we|me|us|you)$/.test(token.word));
  const other = segment.findLastIndex((token) => has(token, "THIRD"));
  if (other > own) return true;
  const last = segment.at(-1);
  return has(last, "he") || (has(last, "she") && !has(core, "WISH"));
}

// “I am the manager here”, “I'm not a robot”.
function predicate(segment: readonly Token[], from: readonly Token[]): boolean {
  const machine =
    has(from[0], "NEG") &&
    from.some((token) => has(token, "MACHINE")) &&
    from[1] !== undefined &&
    !has(from[1], "TALKING") &&
    !has(from[1], "FREE_TALK") &&
    /^(?:a|an|the|some|robot|bot)$/.test(from[1].word);
  if (!has(from[0], "NP") && !machine) return false;
  const near = segment.slice(-3).map((token) => token.word);
  const copula = near.findLastIndex((word) => /^(?:am|is|are|was|were|be)$/.test(word));
  return (
    copula > 0 &&
    copula >= near.length - 2 &&
    /^(?:i|he|she|it|you|we|they|this|that)$/.test(near[copula - 1] ?? "")
  );
}

// “my call with the adviser”, “the last chat with your agent”.
function namesTalk(tokens: readonly Token[], start: number): boolean {
  const before = tokens[start - 1]?.word ?? "";
  return (
    /^(?:call|chat|talk|conversation|consultation)$/.test(tokens[start]?.word ?? "") &&
    /^(?:my|our|the|that|last|previous|next|upcoming|scheduled)$/.test(before)
  );
}

function insteadOf(segment: readonly Token[]): boolean {
  const near = segment.slice(-4).map((token) => token.word);
  return (
    near.some(
      (word, at) =>
        /^(?:without|avoid|than|before|after|while|like)$/.test(word) &&
        !(
          word === "like" &&
          !/^(?:talk|talks|speak|sound|sounds|write|act|look|looks|answer|answers|behave|respond|more|just|almost|seem|feels|treat|me)$/.test(
            near[at - 1] ?? "would",
          )
        ) &&
        !near.slice(at + 1).some((later) => /^(?:i|please|can|we)$/.test(later) && word === "than"),
    ) || near.some((word, at) => word === "of" && near[at - 1] === "instead")
  );
}

function inThePast(segment: readonly Token[], tokens: readonly Token[], end: number): boolean {
  const after = tokens.slice(end, end + 4);
  const told = segment.some((token) =>
    /^(?:was|were|had|went|used|got|wanted|asked|needed|tried)$/.test(token.word),
  );
  const past = [...segment, ...after].some(
    (token) => has(token, "PAST") && !has(token, "AGAIN") && token.word !== "before",
  );
  const again = [...segment, ...tokens.slice(end, end + 10)].some((token) => has(token, "AGAIN"));
  return told && past && !again;
}
