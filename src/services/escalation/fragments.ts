import type { ExplicitRequest } from "#contracts/escalation";
import type { Token } from "./tokens.ts";

const filler = new Set(
  `a an the to for with now not me i talk speak one need want here is this any more human person just on get real chat connect in of anyone hello there needed required asap then mode option who to with about of`.split(
    /\s+/,
  ),
);

/** A sentence that is little more than the name of a person: “human pls”, “operator!!!”, “a supervisor. Now”. */
export function fragment(tokens: readonly Token[], sentencesInAll: number): ExplicitRequest | undefined {
  const cut = tokens.findLastIndex((token) => token.classes.has("BREAK"));
  const last = tokens.slice(cut + 1);
  const tail = cut > 0 && last.length <= 3 && tokens.filter((token) => token.classes.has("NP")).length === 1;
  const blunt = last.some((token) =>
    /^(?:human|agent|operator|representative|person|supervisor|manager)$/.test(token.word),
  );
  const first = tokens[0]?.word ?? "";
  if (tail && blunt && !/^(?:thanks|thank|hi|hello|hey|dear|i|is|are|which|who|what|good)$/.test(first)) {
    const alone = fragment(last, sentencesInAll);
    if (alone) return alone;
  }
  const head = tokens.slice(
    0,
    tokens.findIndex((token) => token.classes.has("BREAK")),
  );
  const polite = /^(?:please|now)$/.test(head.at(-1)?.word ?? "") && head.length >= 2;
  const early = polite ? fragment(head, sentencesInAll) : undefined;
  if (early) return early;
  const words = tokens.filter((token) => !token.classes.has("BREAK"));
  const names = words.filter((token) => token.classes.has("NP"));
  const firm = names.filter((token) => token.classes.has("NP_FIRM"));
  if (names.some((token) => token.classes.has("NP_OWN"))) return undefined;
  if (words.length === 0 || words.length > 7 || firm.length === 0) return undefined;
  const others = words.filter((token) => !token.classes.has("NP"));
  if (others.some((token) => token.classes.has("NEG"))) return undefined;
  if (
    !others.every(
      (token) =>
        token.classes.has("POLITE") ||
        token.classes.has("ADJ") ||
        token.classes.has("REAL") ||
        filler.has(token.word),
    )
  )
    return undefined;
  if (others.some((token) => token.word === "is") && !others.some((token) => token.word === "there"))
    return undefined;
  const thanks = others.some((token) => /^(?:thanks|thank|good|nice|cheers)$/.test(token.word));
  const asks = others.some((token) => /^(?:please|pls|plz|now|asap)$/.test(token.word));
  if (thanks && !asks) return undefined;
  const plural = firm.every((token) =>
    /^(?:agents|operators|people|employees|representatives|managers|reps|persons|staff)$/.test(token.word),
  );
  if (plural && !asks && !firm.some((token) => token.classes.has("NP_REAL"))) return undefined;
  if (
    words.length === 1 &&
    firm.every((token) => token.classes.has("NP_SOMEONE") && !token.classes.has("NP_REAL"))
  )
    return undefined;
  const someone = firm.every((token) => token.classes.has("NP_SOMEONE"));
  if (someone && sentencesInAll > 3 && !asks) return undefined;
  return { asks: true, score: 0.8, why: "names a person and nothing else" };
}
