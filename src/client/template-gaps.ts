const gap = /\{\{\s*(\w+)\s*\}\}/g;

/** A piece of a template: words, or a gap with the value that fills it, empty where there is none yet. */
export type TemplatePiece = { words: string } | { gap: string; value: string };

/** The gaps of a template, each once, in the order in which its values are given: by number, or by where a name first stands. */
export function gapsOf(body: string): string[] {
  const names = [...new Set([...body.matchAll(gap)].map(([, name = ""]) => name))];
  return areNumbers(names) ? names.toSorted((a, b) => Number(a) - Number(b)) : names;
}

/** Says whether gaps are numbered and not named. */
export function areNumbers(gaps: readonly string[]): boolean {
  return gaps.every((each) => /^\d+$/.test(each));
}

/** A template in pieces, with the values in the order of its gaps. */
export function piecesOf(body: string, values: readonly string[]): TemplatePiece[] {
  const gaps = gapsOf(body);
  const pieces: TemplatePiece[] = [];
  let end = 0;
  for (const found of body.matchAll(gap)) {
    const [all, name = ""] = found;
    if (found.index > end) pieces.push({ words: body.slice(end, found.index) });
    pieces.push({ gap: `{{${name}}}`, value: values[gaps.indexOf(name)] ?? "" });
    end = found.index + all.length;
  }
  if (end < body.length) pieces.push({ words: body.slice(end) });
  return pieces;
}

/** A template with its values filled in. */
export function filledIn(body: string, values: readonly string[]): string {
  return piecesOf(body, values)
    .map((piece) => ("words" in piece ? piece.words : piece.value || piece.gap))
    .join("");
}
