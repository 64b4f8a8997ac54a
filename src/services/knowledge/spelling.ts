/** Finds the known word that a misspelt one most likely means: close by letter triples and by edits, or nothing. */
export function closest(word: string, vocabularies: Iterable<string>[]): string | undefined {
  const triples = triplesOf(word);
  const allowed = word.length >= 8 ? 2 : 1;
  let best: string | undefined;
  let bestScore = 0.3;
  for (const vocabulary of vocabularies) {
    for (const known of vocabulary) {
      if (known.startsWith("#") || known.length < 4 || Math.abs(known.length - word.length) > allowed)
        continue;
      const score = overlap(triples, triplesOf(known));
      if (score > bestScore && edits(word, known, allowed) <= allowed) {
        best = known;
        bestScore = score;
      }
    }
  }
  return best;
}

function triplesOf(word: string): Set<string> {
  const padded = `  ${word} `;
  const triples = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) triples.add(padded.slice(at, at + 3));
  return triples;
}

function overlap(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const triple of a) if (b.has(triple)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** Counts insertions, deletions, replacements and swaps of neighbours, and gives up beyond `most`. */
function edits(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
