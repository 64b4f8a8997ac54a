import { Lexer, type Token } from "marked";

const deepest = 40;
const mostMarks = 2_000;
// Quotes and lists one inside the other, opened on one line. Each mark stands in one way only, so nothing is tried twice.
const nested = /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){25}/m;

/** Reads Markdown into tokens; what is built to choke whoever reads or draws it stays the plain words that it is. */
export function lexed(text: string): Token[] {
  if (nested.test(text) || text.split("\n\n").some(isMarksAlone)) return plain(text);
  try {
    const tokens = new Lexer({ gfm: true, breaks: true }).lex(text);
    return isDeep(tokens, deepest) ? plain(text) : tokens;
  } catch {
    return plain(text);
  }
}

// Marks of emphasis that nothing closes are looked at again from each other.
function isMarksAlone(block: string): boolean {
  return (block.match(/[*_]/g)?.length ?? 0) > mostMarks;
}

function isDeep(tokens: Token[], left: number): boolean {
  return (
    left === 0 ||
    tokens.some(
      (token) =>
        ("tokens" in token && isDeep(token.tokens ?? [], left - 1)) ||
        ("items" in token && isDeep(token.items, left - 1)),
    )
  );
}

function plain(text: string): Token[] {
  return [{ type: "paragraph", raw: text, text, tokens: [{ type: "text", raw: text, text }] }];
}
