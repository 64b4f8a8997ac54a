import { type CannedValues, cannedVariables, renderCanned } from "#contracts/canned-words";
import type { CannedResponse } from "#contracts/desk-tools";

/** The canned responses that go by these letters: those whose name begins with them first, then the most used. */
export function findCanned(responses: readonly CannedResponse[], query: string, most = 8): CannedResponse[] {
  const wanted = query.toLowerCase();
  return responses
    .map((response) => ({ response, rank: rankOf(response, wanted) }))
    .filter(({ rank }) => rank < 3)
    .toSorted((a, b) => a.rank - b.rank || b.response.used - a.response.used)
    .slice(0, most)
    .map(({ response }) => response);
}

function rankOf({ name, title, text }: CannedResponse, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted) || title.toLowerCase().includes(wanted)) return 1;
  return text.toLowerCase().includes(wanted) ? 2 : 3;
}

/** The words of a canned response for this conversation. */
export function cannedWords({ text }: CannedResponse, values: CannedValues): string {
  return renderCanned(text, values).text;
}

/** The first place in a text where a variable was not known and still has to be written. */
export function gapIn(text: string): { start: number; end: number; name: string } | undefined {
  for (const match of text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)) {
    const [written, variable = ""] = match;
    if (Object.hasOwn(cannedVariables, variable))
      return { start: match.index, end: match.index + written.length, name: nameOf(variable) };
  }
  return undefined;
}

function nameOf(variable: string): string {
  return Object.entries(cannedVariables).find(([key]) => key === variable)?.[1] ?? variable;
}
