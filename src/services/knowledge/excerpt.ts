/** A piece of a passage that can be quoted by itself: a sentence, a list item, a table or a code block. */
export type Unit = { text: string; glue: "" | " " | "\n" | "\n\n" };

export type Excerpt = { text: string; score: number };

/** Cuts a passage into units that keep their order and what stands between them. */
export function unitsOf(passage: string): Unit[] {
  const units: Unit[] = [];
  for (const block of blocksOf(passage)) {
    for (const [index, line] of block.lines.entries()) {
      units.push({ text: line, glue: index === 0 ? block.glue : block.inner });
    }
  }
  return units;
}

/**
 * Picks the run of neighbouring units that answers best within a length; a short passage is quoted whole, and a list
 * brings the line that introduces it.
 */
export function bestExcerpt(units: (Unit & { score: number })[], most: number): Excerpt {
  const whole = joined(units);
  const total = Math.max(0, ...units.map((unit) => unit.score));
  if (whole.length <= shortEnough) return { text: whole, score: total };
  let best: Excerpt = { text: "", score: -1 };
  for (let from = 0; from < units.length; from += 1) {
    for (let to = from + 1; to <= units.length; to += 1) {
      const run = units.slice(from, to);
      const text = joined(run);
      if (text.length > most && run.length > 1) break;
      const score =
        run.reduce((sum, unit) => sum + unit.score, 0) - costOfLength * total * (text.length / most);
      if (score > best.score && !startsMidList(units, from)) best = { text, score };
    }
  }
  return { text: best.text.length > most ? "" : best.text, score: total };
}

const shortEnough = 330;
/** A sentence that adds less than this share of the best one is not worth its room. */
const costOfLength = 0.6;

type Block = { lines: string[]; glue: Unit["glue"]; inner: Unit["glue"] };

function blocksOf(passage: string): Block[] {
  const blocks: Block[] = [];
  for (const text of wholeBlocks(passage)) {
    const glue = blocks.length === 0 ? "" : "\n\n";
    if (/^\s*\|/.test(text)) blocks.push({ lines: [withoutPadding(text)], glue, inner: "\n" });
    else if (/^\s*(?:`{3}|~{3})/.test(text)) blocks.push({ lines: [text], glue, inner: "\n" });
    else if (listItem.test(text))
      blocks.push({ lines: text.split(/\n(?=\s{0,3}(?:[-*+]|\d+[.)])\s)/), glue, inner: "\n" });
    else blocks.push({ lines: sentencesOf(text), glue, inner: " " });
  }
  return blocks;
}

/** A table whose columns were aligned in the source takes no more room than one that was not. */
function withoutPadding(table: string): string {
  return table.replace(/ {2,}/g, " ").replace(/-{4,}/g, "---");
}

/** Blocks parted by empty lines, with a fenced one kept whole. */
function wholeBlocks(passage: string): string[] {
  return (
    passage
      .match(/(?:`{3}|~{3})[\s\S]*?(?:`{3}|~{3})|(?:(?!\n\s*\n)[\s\S])+/g)
      ?.map((block) => block.trim())
      .filter(Boolean) ?? []
  );
}

const listItem = /^\s{0,3}(?:[-*+]|\d+[.)])\s/;

function sentencesOf(paragraph: string): string[] {
  return paragraph
    .replace(/\s*\n\s*/g, " ")
    .split(
      /(?<=[.!?…][)"”*]*)(?<!\b(?:e\.g|i\.e|approx|incl|excl|No|St|Dr|Mr|Mrs)\.)\s+(?=[\p{Lu}\d*"“[(])/u,
    );
}

function startsMidList(units: Unit[], from: number): boolean {
  const unit = units[from];
  const before = units[from - 1];
  return (
    unit !== undefined &&
    before !== undefined &&
    listItem.test(unit.text) &&
    /^[2-9]\d*[.)]/.test(unit.text.trim())
  );
}

function joined(units: Unit[]): string {
  return units.map((unit, index) => (index === 0 ? unit.text : unit.glue + unit.text)).join("");
}
