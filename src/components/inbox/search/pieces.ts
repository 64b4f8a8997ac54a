import type { Marked } from "#contracts/search";

/** A text cut where its marks begin and end. Marks that overlap, or do not fit the text, mark what there is of them. */
export function pieces({ text, marks }: Marked): { text: string; marked: boolean; at: number }[] {
  const cut: { text: string; marked: boolean; at: number }[] = [];
  let from = 0;
  const add = (to: number, marked: boolean) => {
    if (to > from) cut.push({ text: text.slice(from, to), marked, at: from });
    from = Math.max(from, to);
  };
  for (const { start, end } of marks.toSorted((a, b) => a.start - b.start)) {
    add(Math.min(start, text.length), false);
    add(Math.min(end, text.length), true);
  }
  add(text.length, false);
  return cut;
}

/** A text from shortly before its first mark on, so that what was looked for is in sight on one line. */
export function fromFirstMark({ text, marks }: Marked, before = 18): Marked {
  const first = Math.min(text.length, ...marks.map(({ start }) => start));
  if (marks.length === 0 || first <= before) return { text, marks };
  const space = text.indexOf(" ", first - before);
  const from = space === -1 || space >= first ? first : space + 1;
  const shift = from - 1;
  return {
    text: `…${text.slice(from)}`,
    marks: marks.map(({ start, end }) => ({ start: start - shift, end: end - shift })),
  };
}
