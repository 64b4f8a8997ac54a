/** What the log may know of a thrown value: its name, code, place, and its words without the values that they quote. */
type ErrorFacts = { name: string; code?: string; message?: string; at?: string[] };

/** Describes a thrown value and its causes for the log, without a word of a customer, a token or a number. */
export function describeError(error: unknown): ErrorFacts[] {
  return chain(error).map(facts);
}

/** A message without the values it quotes: database and validation errors name what they refuse. */
export function masked(message: string): string {
  const firstLine = message.trim().split("\n", 1)[0] ?? "";
  return firstLine
    .slice(0, 2_000)
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|=\([^)]*\)|\+?\d{5,}/g, "…")
    .slice(0, 200);
}

function chain(error: unknown): unknown[] {
  const found: unknown[] = [];
  let next = error;
  while (next !== undefined && next !== null && found.length < 5) {
    found.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return found;
}

function facts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  return {
    name: error.name,
    message: masked(error.message),
    at: frames(error.stack),
    ...(code !== undefined && { code }),
  };
}

function frames(stack: string | undefined): string[] {
  return (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}
