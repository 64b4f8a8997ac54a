import type { Mark, Signs, Writer } from "./dialects/writer.ts";
import { type Line, type Run, wordsOf } from "./lines.ts";

/** Writes lines as a platform shows them; whatever is opened is closed. */
export function write(lines: readonly Line[], writer: Writer): string {
  return joined(grouped(outdented(lines)), writer, (group) => written(group, writer)).trimEnd();
}

// A part that begins in the middle of a list begins at the margin: Markdown takes what stands far in for code.
function outdented(lines: readonly Line[]): Line[] {
  let margin = Number.POSITIVE_INFINITY;
  return lines.map((line) => {
    margin = Math.min(margin, line.indent);
    return { ...line, indent: line.indent - margin };
  });
}

function joined(groups: readonly Line[][], writer: Writer, show: (group: Line[]) => string): string {
  return groups
    .map((group, at) => {
      const next = groups[at + 1]?.[0];
      return next === undefined ? show(group) : show(group) + ending(group, next, writer);
    })
    .join("");
}

function ending(group: readonly Line[], next: Line, writer: Writer): string {
  if (next.gap) return "\n\n";
  const isBlock = next.fence !== undefined || next.marker !== "" || group[0]?.fence !== undefined;
  return isBlock ? "\n" : writer.lineBreak;
}

// Lines of one block of code, or of one quote, are written together.
function grouped(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const last = groups.at(-1)?.at(-1);
    const joins = line.fence ? last?.fence === line.fence : line.quoted && last?.quoted && !last.fence;
    if (joins) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups;
}

function written(group: readonly Line[], writer: Writer): string {
  const [first] = group;
  if (first?.fence) return writer.fence(group.map(wordsOf).join("\n"), first.fence.language);
  const each = group.map((line) => [line]);
  const text = joined(each, writer, (lines) => lines.map((line) => oneLine(line, writer)).join(""));
  return first?.quoted ? writer.quote(text) : text;
}

function oneLine(line: Line, writer: Writer): string {
  const marker = line.marker === "•" ? writer.bullet : line.marker;
  const lead = "    ".repeat(line.indent) + (marker === "" ? "" : `${marker} `);
  return (lead + inline(line.runs, writer).trim()).trimEnd();
}

function inline(given: readonly Run[], writer: Writer): string {
  let text = "";
  let open: Signs[] = [];
  for (const run of settled(given, writer)) {
    const wanted = run.marks.flatMap((mark) => writer.marks[mark] ?? []);
    const kept = open.findIndex((signs, at) => wanted[at] !== signs);
    const shared = kept === -1 ? open.length : kept;
    text += closed(open.slice(shared)) + opened(wanted.slice(shared));
    text += oneRun(run, writer, text === "");
    open = wanted;
  }
  return text + closed(open);
}

function opened(wanted: readonly Signs[]): string {
  return wanted.map((signs) => signs.open).join("");
}

function closed(open: readonly Signs[]): string {
  return open
    .map((signs) => signs.close)
    .reverse()
    .join("");
}

function oneRun({ text, code, link }: Run, writer: Writer, startsLine: boolean): string {
  if (code) return writer.code(text);
  if (link !== undefined) return writer.link(text, link);
  return writer.words(text, { startsLine });
}

/** Leaves marks away where the platform would show the bare signs instead. */
function settled(given: readonly Run[], writer: Writer): Run[] {
  const runs = given.flatMap(withBareEdges);
  return (["strong", "em", "del"] as const).reduce((all, mark) => withoutMisplaced(all, mark, writer), runs);
}

// Between a sign and its words no platform allows a space.
function withBareEdges(run: Run): Run[] {
  if (run.marks.length === 0) return run.text === "" ? [] : [run];
  const [, before = "", words = "", after = ""] = run.text.match(/^(\s*)(.*?)(\s*)$/s) ?? [];
  return [
    { text: before, marks: [] },
    { ...run, text: words },
    { text: after, marks: [] },
  ].filter(({ text }) => text !== "");
}

function withoutMisplaced(runs: Run[], mark: Mark, writer: Writer): Run[] {
  const signs = writer.marks[mark];
  if (signs === undefined || signs.holds === "anywhere") return runs;
  const all: Run[] = [];
  for (let from = 0; from < runs.length; from += 1) {
    let to = from;
    while (runs[to]?.marks.includes(mark)) to += 1;
    const group = runs.slice(from, to);
    const starts = holds(runs[from - 1]?.text.at(-1), group[0]?.text.at(0), signs);
    const ends = holds(runs[to]?.text.at(0), group.at(-1)?.text.at(-1), signs);
    if (starts && ends) all.push(...group);
    else all.push(...group.map((run) => ({ ...run, marks: run.marks.filter((each) => each !== mark) })));
    all.push(...runs.slice(to, to + 1));
    from = to;
  }
  return all;
}

const letter = /[\p{L}\p{M}\p{N}_]/u;

function holds(outside: string | undefined, inside: string | undefined, signs: Signs): boolean {
  if (outside === undefined || !letter.test(outside)) return true;
  return signs.holds === "in_words" && inside !== undefined && letter.test(inside);
}
