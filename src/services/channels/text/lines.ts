import type { Mark } from "./dialects/writer.ts";

/** Words that are set alike. A link's label and code carry no marks: not every platform shows them there. */
export type Run = { text: string; marks: readonly Mark[]; code?: boolean; link?: string };

/** A block of code; lines of the same block share it. */
export type Fence = { language: string };

/** One line of a message, free of any platform: a message is a list of them, so that it can be cut anywhere. */
export type Line = {
  runs: readonly Run[];
  /** A blank line stands before it. */
  gap: boolean;
  /** How deep it stands in lists. */
  indent: number;
  /** "•", or a number with its dot, on the first line of a list's item. */
  marker: string;
  quoted: boolean;
  heading: boolean;
  fence?: Fence;
};

/** The words of a line without marks and addresses: what offsets into a line count. */
export function wordsOf(line: Line): string {
  return line.runs.map(({ text }) => text).join("");
}

/** Says whether a line holds no words; it may still show that it is one of a list. */
export function isBlank(line: Line): boolean {
  return wordsOf(line).trim() === "";
}
