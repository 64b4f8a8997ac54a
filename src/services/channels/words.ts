/** The same value in the form that our database can keep: no NUL and no half of a surrogate pair, one sign for one. */
export function keepable(value: unknown): unknown {
  if (typeof value === "string") return keepableText(value);
  if (Array.isArray(value)) return value.map(keepable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [keepableText(name), keepable(each)]),
  );
}

/** The first characters of a text, well-formed also where the cut falls into a pair. */
export function cut(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}

function keepableText(text: string): string {
  return text.replaceAll("\u0000", "\ufffd").toWellFormed();
}

/** Stands for what a customer sent and nobody here can show: whoever answers must know that there was something. */
export const unshownWords = "(Sent something that this channel cannot show.)";
