import { plain } from "./dialects/plain.ts";
import { isBlank, type Line, type Run, wordsOf } from "./lines.ts";

/** Where a message can be cut, the best place last. */
const strengths = ["code_point", "grapheme", "word", "space", "sentence", "line", "paragraph"] as const;

/** Cuts before the character `offset` of a line, the `before`th of the message. */
type Cut = { line: number; offset: number; before: number; strength: (typeof strengths)[number] };

type Fits = (lines: readonly Line[]) => boolean;

/**
 * Cuts a message into parts that fit and begin and end with words, each as full as it can be without a cut at a worse place:
 * between paragraphs, lines, sentences, words, letters, in this order. Throws a `RangeError` where not even a letter fits.
 */
export function split(lines: readonly Line[], fitsWritten: Fits, maxLength: number): Line[][] {
  // Far more words than there is room for need not be written out to see that they do not fit.
  const fits: Fits = (some) => lengthOf(some) <= maxLength * 2 && fitsWritten(some);
  const parts: Line[][] = [];
  let rest = withoutBlankEdges(lines);
  while (rest.length > 0 && !fits(rest)) {
    const cut = bestCut(rest, fits, maxLength);
    if (cut === undefined) {
      rest = loosened(rest);
      continue;
    }
    const [head, tail] = cutAt(rest, cut);
    parts.push(withoutBlankEdges(head));
    rest = withoutBlankEdges(tail);
  }
  return rest.length > 0 ? [...parts, rest] : parts;
}

function withoutBlankEdges(lines: readonly Line[]): Line[] {
  const from = lines.findIndex((line) => !isBlank(line));
  if (from === -1) return [];
  return lines.slice(from, lines.findLastIndex((line) => !isBlank(line)) + 1);
}

function bestCut(lines: readonly Line[], fits: Fits, maxLength: number): Cut | undefined {
  const fitting = (cut: Cut) => fits(cutAt(lines, cut)[0]);
  const betweenLines = upToLast(cutsBetweenLines(lines), fitting);
  const { line: full, before } = betweenLines.at(-1) ?? { line: 0, before: 0 };
  const inLine = upToLast(
    cutsInLine(lines[full], maxLength).map((cut) => ({ ...cut, line: full, before: before + cut.offset })),
    fitting,
  );
  const worth = (cut: Cut) => {
    const strength = strengths.indexOf(cut.strength);
    // A short greeting should not become a message of its own because the paragraph after it is long.
    const isFull = cut.before >= maxLength / 4;
    return strength >= strengths.indexOf("space") && isFull ? strength + strengths.length : strength;
  };
  return [...betweenLines, ...inLine]
    .map((cut) => ({ cut, worth: worth(cut) }))
    .reverse()
    .sort((a, b) => b.worth - a.worth)
    .find(({ cut }) => fitting(cut))?.cut;
}

// A longer head is a longer text, but for a sign or two: whoever takes one of these cuts tries it again.
function upToLast(cuts: Cut[], fitting: (cut: Cut) => boolean): Cut[] {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const cut = cuts[middle];
    if (cut !== undefined && fitting(cut)) low = middle + 1;
    else high = middle;
  }
  return cuts.slice(0, low);
}

function cutsBetweenLines(lines: readonly Line[]): Cut[] {
  let before = 0;
  const cuts = lines.map((line, at) => {
    const cut = { line: at, offset: 0, before, strength: strengthBefore(line, lines[at - 1]) };
    before += wordsOf(line).length;
    return cut;
  });
  return cuts.slice(1);
}

function strengthBefore(line: Line, previous: Line | undefined): Cut["strength"] {
  if (previous?.heading) return "space";
  return line.gap ? "paragraph" : "line";
}

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
const words = new Intl.Segmenter("en", { granularity: "word" });
const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

function cutsInLine(line: Line | undefined, maxLength: number): Pick<Cut, "offset" | "strength">[] {
  if (line === undefined) return [];
  // A little more than can fit, so that no letter at the end of the reach is seen in half.
  const text = wordsOf(line).slice(0, maxLength + 64);
  const found = new Map<number, Cut["strength"]>();
  const note = (offsets: Iterable<number>, strength: Cut["strength"]) => {
    for (const offset of offsets) found.set(offset, strength);
  };
  note(starts([...text].map((segment) => ({ segment }))), "code_point");
  note(starts(letters.segment(text)), "grapheme");
  note(starts(words.segment(text)), "word");
  note(
    [...text.matchAll(/\s+(?=\S)/g)].map((space) => space.index + space[0].length),
    "space",
  );
  if (line.fence === undefined) note(starts(sentences.segment(text)), "sentence");
  return [...found]
    .filter(([offset]) => text.slice(0, offset).trim() !== "" && !isInLink(line, offset))
    .map(([offset, strength]) => ({ offset, strength }))
    .sort((a, b) => a.offset - b.offset);
}

function starts(segments: Iterable<{ segment: string }>): number[] {
  let offset = 0;
  return Array.from(segments, ({ segment }) => {
    offset += segment.length;
    return offset - segment.length;
  });
}

function isInLink({ runs }: Line, offset: number): boolean {
  let start = 0;
  return runs.some(({ text, link }) => {
    const isInside = link !== undefined && offset > start && offset < start + text.length;
    start += text.length;
    return isInside;
  });
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + wordsOf(line).length, 0);
}

function cutAt(lines: readonly Line[], { line: at, offset }: Cut): [head: Line[], tail: Line[]] {
  const line = lines[at];
  if (line === undefined || offset === 0) return [lines.slice(0, at), lines.slice(at)];
  const first = { ...line, runs: between(line.runs, 0, offset) };
  const second = {
    ...line,
    runs: between(line.runs, offset, Number.POSITIVE_INFINITY),
    gap: false,
    marker: "",
    indent: line.marker === "" ? line.indent : line.indent + 1,
  };
  return [
    [...lines.slice(0, at), first],
    [second, ...lines.slice(at + 1)],
  ];
}

function between(runs: readonly Run[], from: number, to: number): Run[] {
  let start = 0;
  const cut = runs.map((run) => {
    const text = run.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += run.text.length;
    return { ...run, text };
  });
  return cut.filter(({ text }) => text !== "");
}

// What holds the first words together is longer than a message, such as an endless address: they become plain words.
function loosened([first, ...more]: readonly Line[]): Line[] {
  if (first === undefined) return more;
  const { runs, gap } = first;
  const at = runs.findIndex((run) => run.link !== undefined || run.code || run.marks.length > 0);
  const run = runs[at];
  if (run !== undefined) {
    const text = run.link === undefined ? run.text : plain.link(run.text, run.link);
    return [{ ...first, runs: runs.with(at, { text, marks: [] }) }, ...more];
  }
  if (first.marker !== "" || first.indent > 0 || first.quoted || first.fence !== undefined) {
    return [{ runs, gap, indent: 0, marker: "", quoted: false, heading: false }, ...more];
  }
  throw new RangeError("A part must have room for a letter.");
}
