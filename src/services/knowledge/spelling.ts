/** Finds the known word that a misspelt one most likely means: the same first letter, close by letter triples and by edits. */
export function closest(word: string, vocabularies: Iterable<string>[]): string | undefined {
  const triples = triplesOf(word);
  const allowed = word.length >= 8 ? 2 : 1;
  let best: string | undefined;
  let bestScore = 0.3;
  for (const vocabulary of vocabularies) {
    for (const known of vocabulary) {
      if (
        known.startsWith("#") ||
        known.length < 4 ||
        known[0] !== word[0] ||
        Math.abs(known.length - word.length) > allowed
      )
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

/** Finds the known word of the same family ("registr" for "regist"): most of both is one common beginning. */
export function kin(word: string, vocabulary: Iterable<string>): string | undefined {
  if (word.length < shortestFamily) return undefined;
  let best: string | undefined;
  let bestShare = 0.7;
  for (const known of vocabulary) {
    if (known.length < shortestFamily || known[0] !== word[0] || known[4] !== word[4]) continue;
    const share = commonBeginning(word, known) / Math.max(word.length, known.length);
    if (share > bestShare) {
      best = known;
      bestShare = share;
    }
  }
  return best;
}

const shortestFamily = 5;

function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
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
