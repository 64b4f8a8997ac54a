/**
 * Closes what a text that is still being written leaves open, so that its last words stand as they will when it is whole:
 * code, emphasis, and links, of which the words are shown until their address is there.
 */
export function heal(text: string): string {
  const fence = openFence(text);
  if (fence !== undefined) return `${text}\n${fence}`;
  const start = Math.max(0, ...[...text.matchAll(blockStart)].map(({ index }) => index));
  return text.slice(0, start) + healBlock(text.slice(start));
}

// Nothing of the kind reaches beyond its paragraph or its item of a list.
const blockStart = /\n\s*\n|\n\s*(?:[*+-]|\d{1,9}[.)])\s/g;

function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, found = ""] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (open === undefined) open = found;
    else if (found.startsWith(open)) open = undefined;
  }
  return open;
}

function healBlock(block: string): string {
  const open: string[] = [];
  let bracket = -1;
  let end = block.length;
  for (let at = 0; at < block.length; at += 1) {
    const char = block[at] ?? "";
    if (char === "\\") at += 1;
    else if (char === "[") bracket = at;
    else if (char === ")" || (char === "]" && block[at + 1] !== "(" && at + 1 < block.length)) bracket = -1;
    else if (char === "`") {
      const run = runAt(block, at, char);
      const close = block.indexOf(run, at + run.length);
      if (close === -1) return closed(block, [...open, run]);
      at = close + run.length - 1;
    } else if (char === "*" || char === "_" || char === "~") {
      const run = runAt(block, at, char);
      const after = at + run.length;
      if (after === block.length) end = at;
      else mark(open, run, { before: block[at - 1] ?? " ", after: block[after] ?? " " });
      at = after - 1;
    }
  }
  const whole = closed(block.slice(0, end), open);
  return bracket === -1 ? whole : unlinked(whole, bracket);
}

function mark(open: string[], run: string, { before, after }: { before: string; after: string }): void {
  if (open.at(-1) === run && before.trim() !== "") open.pop();
  else if (after.trim() !== "" && !(run.startsWith("_") && /\w/.test(before)) && run !== "~") open.push(run);
}

function closed(text: string, open: string[]): string {
  if (open.length === 0) return text;
  const words = text.trimEnd();
  const last = open.at(-1) ?? "";
  // A mark after which nothing stands yet has nothing to mark.
  if (words.endsWith(last)) return closed(words.slice(0, -last.length), open.slice(0, -1));
  return words + open.toReversed().join("") + text.slice(words.length);
}

function unlinked(text: string, bracket: number): string {
  const before = text.slice(0, bracket).replace(/!$/, "");
  return (
    before +
    text
      .slice(bracket + 1)
      .replace(/\]\([^)]*/, "")
      .replace(/\]$/, "")
  );
}

function runAt(text: string, at: number, char: string): string {
  let end = at;
  while (text[end] === char) end += 1;
  return text.slice(at, end);
}
