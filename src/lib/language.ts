import { once } from "#lib/registry";

/** Fewer words than these say too little of their language. */
const FEWEST_WORDS = 3;

/** The language a text is written in, as a code such as `en`; undefined where it is too short, or could be several. */
export async function languageOf(text: string): Promise<string | undefined> {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  if (words.length < FEWEST_WORDS) return undefined;
  const detector = await loadLanguages();
  const found = detector.detect(text.slice(0, 2_000));
  return found.isReliable() && found.language !== "" ? found.language : undefined;
}

/** Reads what languages are told apart by, ahead of the first question. */
export function loadLanguages() {
  return once("chat.languages", async () => (await import("eld/extrasmall")).eld);
}
