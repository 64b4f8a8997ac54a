import type { Token, Tokens } from "marked";
import { safeAddress } from "./dialects/address.ts";
import type { Mark } from "./dialects/writer.ts";
import { isBlank, type Line, type Run } from "./lines.ts";

type Place = Pick<Line, "indent" | "quoted" | "heading">;

/** Reads Markdown's tokens into lines. Raw HTML and links that could do harm become the words that they are. */
export function readLines(tokens: readonly Token[]): Line[] {
  return blocks(tokens, { indent: 0, quoted: false, heading: false });
}

function blocks(tokens: readonly Token[], place: Place): Line[] {
  const lines: Line[] = [];
  let apart = false;
  for (const token of tokens) {
    const [first, ...more] = block(token, place);
    if (first !== undefined) lines.push({ ...first, gap: apart && lines.length > 0 }, ...more);
    apart = isApart(token) || (apart && first === undefined);
  }
  return lines;
}

// After a quote or a table a blank line is needed: the next words would be read as theirs.
function isApart({ type, raw }: Token): boolean {
  return type === "blockquote" || type === "table" || /\n[ \t]*\n\s*$/.test(raw);
}

function block(token: Token, place: Place): Line[] {
  switch (token.type) {
    case "heading":
      return textLines(spans(token.tokens ?? [], ["strong"]), { ...place, heading: true });
    case "blockquote":
      return blocks(token.tokens ?? [], { ...place, quoted: true });
    case "list":
      return list(token as Tokens.List, place);
    case "table":
      return table(token as Tokens.Table, place);
    case "code":
      return code(token as Tokens.Code, place);
    case "hr":
      return textLines([run("———")], place);
    case "space":
    case "def":
    case "checkbox":
      return [];
    default:
      return textLines(spans([token], []), place);
  }
}

function textLines(runs: readonly Run[], place: Place): Line[] {
  const rows: Run[][] = [[]];
  for (const each of merged(runs)) {
    const [first = "", ...more] = each.text.split("\n");
    rows.at(-1)?.push({ ...each, text: first });
    for (const text of more) rows.push([{ ...each, text }]);
  }
  return rows.map((row) => line(place, trimmedStart(row))).filter((each) => !isBlank(each));
}

// The lexer parts what is set alike at every sign that could have meant something.
function merged(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const each of runs) {
    const last = all.at(-1);
    const isAlike =
      last !== undefined && isBare(last) && isBare(each) && last.marks.join() === each.marks.join();
    if (isAlike) all.splice(-1, 1, { ...last, text: last.text + each.text });
    else all.push(each);
  }
  return all;
}

function isBare({ code, link }: Run): boolean {
  return code === undefined && link === undefined;
}

function trimmedStart(runs: readonly Run[]): Run[] {
  const from = runs.findIndex(({ text }) => text.trim() !== "");
  if (from === -1) return [];
  return runs.slice(from).map((each, at) => (at === 0 ? { ...each, text: each.text.trimStart() } : each));
}

function list({ ordered, start, items, loose }: Tokens.List, place: Place): Line[] {
  return items.flatMap((item, at) => {
    const marker = ordered ? `${(Number(start) || 0) + at}.` : "•";
    const inner = blocks(item.tokens, { ...place, indent: place.indent + 1 });
    const box = item.task ? [run(item.checked ? "☑ " : "☐ ")] : [];
    const gap = loose && at > 0;
    const [first, ...more] = inner;
    const isOwn = first === undefined || first.marker !== "" || first.fence !== undefined;
    if (isOwn) return [{ ...line(place, box), marker, gap }, ...inner];
    return [{ ...first, runs: [...box, ...first.runs], indent: place.indent, marker, gap }, ...more];
  });
}

// Few platforms show tables, and no phone a wide one: each row tells its cells with the names of their columns.
function table({ header, rows }: Tokens.Table, place: Place): Line[] {
  const names = header.map(({ tokens }) => spans(tokens, []));
  if (rows.length === 0) return textLines(listed(names), place);
  return rows.map((row) => {
    const cells = row.map(({ tokens }, at) => labelled(names[at] ?? [], spans(tokens, [])));
    return { ...line(place, listed(cells)), marker: "•" };
  });
}

function labelled(name: Run[], cell: Run[]): Run[] {
  return name.length > 0 && cell.length > 0 ? [...name, run(": "), ...cell] : cell;
}

function listed(cells: Run[][]): Run[] {
  return cells
    .filter((cell) => cell.length > 0)
    .flatMap((cell, at) => (at === 0 ? cell : [run(" · "), ...cell]));
}

function code({ text, lang }: Tokens.Code, place: Place): Line[] {
  if (text.trim() === "") return [];
  const fence = { language: lang?.match(/^[\w+#-]{1,20}/)?.[0] ?? "" };
  // Code stands outside of quotes: Telegram lets neither hold the other.
  return text.split("\n").map((row) => ({ ...line({ ...place, quoted: false }, [run(row)]), fence }));
}

function spans(tokens: readonly Token[], marks: readonly Mark[]): Run[] {
  return tokens.flatMap((token) => span(token, marks));
}

function span(token: Token, marks: readonly Mark[]): Run[] {
  switch (token.type) {
    case "strong":
    case "em":
    case "del":
      return spans(token.tokens ?? [], withMark(marks, token.type));
    case "codespan":
      return [{ text: token.text, marks: [], code: true }];
    case "link":
    case "image":
      return link(token as Tokens.Link | Tokens.Image, marks);
    case "br":
      return [run("\n")];
    case "checkbox":
      return [];
    case "escape":
      return [run(token.text, marks)];
    case "html":
      return [run(token.raw.trimEnd(), marks)];
    default:
      if ("tokens" in token && token.tokens) return spans(token.tokens, marks);
      return [run(decoded("text" in token ? String(token.text) : token.raw), marks)];
  }
}

function link({ href, tokens }: Tokens.Link | Tokens.Image, marks: readonly Mark[]): Run[] {
  const label = spans(tokens, [])
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
  const address = safeAddress(href);
  if (address === undefined) return [run(label || href, marks)];
  return [{ text: label || address, marks, link: address }];
}

const order: readonly Mark[] = ["strong", "em", "del"];

function withMark(marks: readonly Mark[], added: Mark): Mark[] {
  return order.filter((mark) => mark === added || marks.includes(mark));
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: "\u00a0",
};

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
}

function run(text: string, marks: readonly Mark[] = []): Run {
  return { text, marks };
}

function line(place: Place, runs: Run[]): Line {
  return { ...place, runs, gap: false, marker: "" };
}
