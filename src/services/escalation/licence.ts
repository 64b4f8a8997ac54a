import type { Token } from "./tokens.ts";

const has = (token: Token | undefined, name: string): boolean =>
  token !== undefined && (token.word === name || token.classes.has(name));

const conjunctions = /^(?:but|because|and|or|then|until|unless|cause|since|plus|either)$/;
const openers =
  /^(?:please|just|kindly|to|and|then|so|or|now|you|ok|okay|pls|immediately|instead|simply|rather|better|either|must|go|quickly|would)$/;

/** Whether what stands before a frame in its clause makes it a wish, or an order, of the writer. */
export function licensed(licence: "wish" | "order", tokens: readonly Token[], at: number): boolean {
  const left = clauseBefore(tokens, at);
  if (left.every((token) => has(token, "POLITE"))) return true;
  if (wishes(left, tokens[at])) return true;
  return licence === "order" && (orders(left) || bare(tokens, at));
}

// “… get me a person” is an order wherever it stands, unless somebody is the subject of it.
function bare(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (!before || !has(tokens[at + 1], "ME")) return false;
  if (
    !/^(?:get|give|connect|transfer|pass|forward|hand|bring|escalate|redirect|switch)$/.test(
      tokens[at]?.word ?? "",
    )
  )
    return false;
  if (["NP", "FOREIGN_NP", "THIRD", "NEG", "MODAL", "TO"].some((name) => has(before, name))) return false;
  return !/^(?:i|we|he|she|it|they|who|which|that|you|did|ever|then|also|never)$/.test(before.word);
}

/** The words before a place, back to where its clause begins. */
export function clauseBefore(tokens: readonly Token[], at: number): Token[] {
  const left = tokens.slice(0, at);
  const cut = left.findLastIndex((token, index) => {
    if (token.word === "so")
      return /^(?:i|we|please|can|could|let|get|just|you)$/.test(tokens[index + 1]?.word ?? "");
    return has(token, "BREAK") || conjunctions.test(token.word);
  });
  return left.slice(cut + 1);
}

function wishes(left: readonly Token[], core: Token | undefined): boolean {
  const conditional = left.findIndex((token) => token.word === "if");
  const kind =
    /^(?:ok|okay|alright|possible|fine|cool|great|nice|good|lovely|helpful|mind|wondering|see|ask)$/;
  if (conditional > 0 && left.slice(0, conditional).some((token) => kind.test(token.word))) return true;
  return left.some((token, at) => {
    const before = left.slice(Math.max(0, at - 4), at);
    const fond =
      /^(?:like|love|loves|likes|enjoy)$/.test(token.word) && left.length === at + 1 && has(core, "TALKING");
    if (fond && !before.some((each) => /^(?:would|should)$/.test(each.word))) return false;
    if (has(token, "WISH"))
      return !before.some((each) => /^(?:you|they)$/.test(each.word)) || has(left[0], "can");
    if (/^(?:have|got|had|better|time|trying)$/.test(token.word)) {
      const own = token.word === "time" || before.some((each) => /^(?:i|we)$/.test(each.word));
      if (own && (left[at + 1]?.word === "to" || token.word === "better")) return true;
    }
    if (has(token, "WISHED")) return before.some((each) => /^(?:i|we)$/.test(each.word));
    if (token.word === "let" && core?.classes.has("NP")) return true;
    if (token.word === "help" && has(left[at + 1], "ME")) return true;
    if (has(token, "let")) return has(left[at + 1], "ME");
    if (!has(token, "MODAL")) return false;
    const next = left.slice(at + 1, at + 4);
    return (
      next.some((each) =>
        /^(?:i|we|me|us|possible|chance|way|okay|ok|there|somehow|mind|my|this|it|that)$/.test(each.word),
      ) ||
      /^(?:possible|chance|way)$/.test(token.word) ||
      before.some((each) => /^(?:i|we|how|where|who)$/.test(each.word))
    );
  });
}

function orders(left: readonly Token[]): boolean {
  const last = left.at(-1);
  if (!last) return true;
  const must = left.findIndex((token) => token.word === "you");
  if (must >= 0 && /^(?:have|need|must|should|ought|better|will|can|could)$/.test(left[must + 1]?.word ?? ""))
    return true;
  const asked = left.some(
    (token, at) =>
      /^(?:can|could|would|will|should|may|maybe|able|about)$/.test(token.word) &&
      left
        .slice(at, at + 4)
        .some(
          (each) =>
            has(each, "you") ||
            has(each, "this") ||
            has(each, "it") ||
            has(each, "my") ||
            has(each, "someone") ||
            has(each, "NP"),
        ),
  );
  if (asked) return !left.some((token) => /^(?:they|he|she)$/.test(token.word));
  if (/^(?:please|just|kindly|now|instead|simply|immediately)$/.test(last.word)) return true;
  return openers.test(last.word) && left.every((token) => has(token, "POLITE") || openers.test(token.word));
}
