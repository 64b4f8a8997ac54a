/** One word of a text, folded, and where it stands in the text as written. */
export type Token = { word: string; start: number; end: number };

/** The longest word that is kept; what goes on beyond is cut. */
const longest = 40;

/** Letters that carry their stroke or knot within, so that taking marks off does not change them. */
const knotted: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  þ: "th",
};

const run = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** Words that stand in nearly everything, in English and German: no one is looked for by them. */
const common = new Set(
  `a an and are as at be been but by can could did do does for from had has have he her his how i if in is it its just me my
   no not of on or our she so that the their them then there they this to us was we were what when which who will with would
   you your am hello hi thanks thank please
   aber als am auch auf aus bei bin bis bitte da das dass dem den der des die doch du ein eine einem einen einer es fur hab
   habe haben hallo hat ich ihr ihre im ist ja kann kein keine mein meine mich mir mit nach nicht noch oder sehr sich sie sind
   so uber um und uns vom von vor war was wenn wer wie wir wird wo zu zum zur danke`.split(/\s+/),
);

/** Every word of a text in its order. Case, accents and the width of letters make no difference. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(run)].flatMap(({ 0: written, index }) =>
    piecesOf(written).map(({ piece, at }) => ({
      word: fold(piece),
      start: index + at,
      end: index + at + piece.length,
    })),
  );
}

/** The different words by which a text can be found, at most so many. */
export function wordsOf(text: string, most: number): string[] {
  const words = new Set<string>();
  for (const { word } of tokensOf(text)) {
    if (isTelling(word)) words.add(word);
    if (words.size === most) break;
  }
  return [...words];
}

/** The words that somebody looks for. What stands in everything is left out, unless there is nothing else. */
export function termsOf(query: string): string[] {
  const words = tokensOf(query).map(({ word }) => word);
  const telling = words.filter(isTelling);
  const last = words.at(-1);
  if (telling.length === 0) return last === undefined ? [] : [last];
  return [...new Set(telling)].slice(0, 8);
}

function isTelling(word: string): boolean {
  return !common.has(word) && !/^[a-z]$/.test(word);
}

function fold(written: string): string {
  const plain = written.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const folded = plain.replaceAll(/[ßæœøđðħıłþ]/g, (letter) => knotted[letter] ?? letter);
  // Cut between characters, not within one.
  return folded.length <= longest ? folded : [...folded].slice(0, longest).join("");
}

// Scripts without spaces between words are cut where a reader of the language would.
function piecesOf(written: string): { piece: string; at: number }[] {
  if (!unspaced.test(written)) return [{ piece: written, at: 0 }];
  return [...segmenter.segment(written)].map(({ segment, index }) => ({ piece: segment, at: index }));
}
