import { pause, systemTicker, type Ticker } from "./ticker.ts";

/** Cuts a text into groups of a few words; joined they are the text, to the character. */
export function piecesOf(text: string, words = 3): string[] {
  const single = text.match(/\s*\S+/g) ?? [];
  const pieces: string[] = [];
  for (let at = 0; at < single.length; at += words) pieces.push(single.slice(at, at + words).join(""));
  const rest = text.slice(pieces.join("").length);
  if (rest !== "") pieces.push(rest);
  return pieces;
}

/** Gives out a text piece by piece, a few milliseconds apart; throws the signal's reason when it was aborted. */
export async function utter(
  text: string,
  to: { emit(piece: { text: string }): void; signal: AbortSignal; ticker?: Ticker },
): Promise<void> {
  for (const [index, piece] of piecesOf(text).entries()) {
    if (index > 0) await pause(to.ticker ?? systemTicker, 8, to.signal);
    if (to.signal.aborted) throw to.signal.reason;
    to.emit({ text: piece });
  }
}
