import { known } from "./lexicon.ts";

// Words of the request worth mending when mistyped.
const targets =
  `human humans person people agent agents operator operators representative manager supervisor someone somebody
  anyone anybody customer service support speak talk chat transfer connect technician advisor colleague escalate department
  employee specialist contact technical chatbot robot actual want need real billing please complaint assistant staff team`
    .split(/\s+/)
    .filter((word) => word.length > 3);

// Real words that a slip would turn into something else.
const genuine = new Set(
  `humane persona personal parson prison regent argent agency agenda urgent spear steak sneak spank contract contrast content connector correct
  manage managed manages employer employed college apartment compliant costumer custom willing filling killing bidding pleased
  pleas lease place stuff staffs stiff start tell tall tale tank take walk balk task chart char cheat that what wait wang went wand
  seed nerd knee deed rear reel ream read tear teal term tram teem teams steam supports supported service services serviced servile
  transfers contacts connects operation operate operated operating operates roost report speaks talks chats wants needs
  anyways complain complaints complained actually peoples agents's purple person's text chalk heal deal meal seal weal
  wart pant rant rent neat newt tech beam seam than then them they this with your real rely reply chest chant`.split(
    /\s+/,
  ),
);

const byLetter = new Map<string, string[]>();
for (const word of targets) {
  const letter = word.charAt(0);
  byLetter.set(letter, [...(byLetter.get(letter) ?? []), word]);
}

/** The word of the request that a mistyped word stands for, or the word itself. */
export function mend(word: string): string {
  if (word.length < 4 || word.length > 18 || known(word) || genuine.has(word)) return word;
  const near = [...(byLetter.get(word.charAt(0)) ?? []), ...(byLetter.get(word.charAt(1)) ?? [])];
  return near.find((target) => slipOf(word, target)) ?? word;
}

function slipOf(word: string, target: string): boolean {
  if (Math.abs(word.length - target.length) > 2) return false;
  // An ending is grammar, not a slip.
  if (word.startsWith(target) || target.startsWith(`${word}s`)) return false;
  const letters = target.length;
  if (letters === 4) return swapped(word, target);
  const allowed = letters >= 8 ? 2 : 1;
  return distance(word, target, allowed) <= allowed;
}

function swapped(word: string, target: string): boolean {
  return (
    word.length === target.length &&
    word !== target &&
    distance(word, target, 1) === 1 &&
    sameLetters(word, target)
  );
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join("") === [...b].sort().join("");
}

// Edits and swaps of neighbours between two short words.
function distance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(
        (above[column] ?? 99) + 1,
        (line[column - 1] ?? 99) + 1,
        (above[column - 1] ?? 99) + cost,
      );
      const crossed = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (crossed) best = Math.min(best, (before[column - 2] ?? 99) + 1);
      line.push(best);
    }
    if (Math.min(...line) > limit) return limit + 1;
    before = above;
    above = line;
  }
  return above[b.length] ?? 99;
}
