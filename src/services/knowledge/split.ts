import { slugify } from "./slug.ts";

/** One piece of an article that can be found and quoted by itself. */
export type SplitPassage = {
  position: number;
  /** The headings above it, outermost first, joined by " › "; empty before the first heading. */
  section: string;
  anchor: string;
  text: string;
};

const wanted = 900;

/**
 * Splits a Markdown article at its headings, and a long section further at paragraph borders (about 900 characters),
 * never inside a code fence, a table or a list item. A single first-level heading is the title, not a section.
 */
export function splitArticle(markdown: string): SplitPassage[] {
  const passages: SplitPassage[] = [];
  for (const section of sectionsOf(markdown)) {
    for (const text of packed(section.blocks)) {
      passages.push({ position: passages.length, section: section.path, anchor: section.anchor, text });
    }
  }
  return passages;
}

type Section = { path: string; anchor: string; blocks: string[] };

function sectionsOf(markdown: string): Section[] {
  const anchors = new Map<string, number>();
  const path: { level: number; text: string }[] = [];
  let current: Section = { path: "", anchor: "", blocks: [] };
  const sections = [current];
  for (const block of blocksOf(markdown)) {
    const heading = /^(#{1,6})\s+(.+?)\s*#*$/.exec(block);
    if (heading === null) {
      current.blocks.push(block);
      continue;
    }
    const level = heading[1]?.length ?? 1;
    const text = plain(heading[2] ?? "");
    while ((path.at(-1)?.level ?? 0) >= level) path.pop();
    if (level > 1) path.push({ level, text });
    current = {
      path: path.map((part) => part.text).join(" › "),
      anchor: level > 1 ? uniqueAnchor(text, anchors) : "",
      blocks: [],
    };
    sections.push(current);
  }
  return sections.filter((section) => section.blocks.length > 0);
}

/** Cuts Markdown into headings, paragraphs, list items, tables and fenced code, each whole. */
function blocksOf(markdown: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const close = () => {
    const block = lines.join("\n").trim();
    if (block !== "") blocks.push(block);
    lines = [];
  };
  for (const line of markdown.replace(/\r\n?/g, "\n").split("\n")) {
    const marker = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      lines.push(line);
      if (marker?.startsWith(fence) && /^\s*[`~]+\s*$/.test(line)) {
        fence = undefined;
        close();
      }
      continue;
    }
    if (marker !== undefined) {
      close();
      fence = marker;
      lines.push(line);
      continue;
    }
    if (/^#{1,6}\s+\S/.test(line)) {
      close();
      blocks.push(line.trim());
      continue;
    }
    if (line.trim() === "" || (startsListItem(line) && lines.length > 0 && !startsTable(lines))) close();
    if (line.trim() !== "") lines.push(line);
  }
  close();
  return blocks;
}

function startsListItem(line: string): boolean {
  return /^(?:[-*+]|\d+[.)])\s+/.test(line);
}

function startsTable(lines: string[]): boolean {
  return lines[0]?.trimStart().startsWith("|") ?? false;
}

/** Joins blocks while they fit; a paragraph that alone is too long is cut between sentences. */
function packed(blocks: string[]): string[] {
  const texts: string[] = [];
  let text = "";
  let last = "";
  for (const block of blocks.flatMap(cutLongParagraph)) {
    const glue = startsListItem(last) && startsListItem(block) ? "\n" : "\n\n";
    if (text !== "" && text.length + block.length + glue.length > wanted) {
      texts.push(text);
      text = block;
    } else {
      text = text === "" ? block : text + glue + block;
    }
    last = block;
  }
  if (text !== "") texts.push(text);
  return texts;
}

function cutLongParagraph(block: string): string[] {
  const whole = block.length <= wanted || /^\s*(?:`{3}|~{3}|\|)/.test(block);
  if (whole) return [block];
  const parts: string[] = [];
  let part = "";
  for (const sentence of block.split(/(?<=[.!?…])\s+/)) {
    if (part !== "" && part.length + sentence.length + 1 > wanted) {
      parts.push(part);
      part = sentence;
    } else {
      part = part === "" ? sentence : `${part} ${sentence}`;
    }
  }
  parts.push(part);
  return parts;
}

function uniqueAnchor(text: string, seen: Map<string, number>): string {
  const slug = slugify(text);
  const count = seen.get(slug) ?? 0;
  seen.set(slug, count + 1);
  return count === 0 ? slug : `${slug}-${count}`;
}

function plain(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`~]+/g, "")
    .trim();
}
