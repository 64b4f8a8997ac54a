import type { Dialect } from "#channels/channel";
import type { Source } from "#contracts/conversation";

/** Where a number can carry a link; elsewhere an address would stand in the middle of a sentence. */
const linked: readonly Dialect[] = ["markdown", "slack", "teams", "telegram"];

/** An answer for a platform, which shows no list of sources under it: a source's number links to it, or is left out. */
export function cited(text: string, sources: readonly Source[], dialect: Dialect): string {
  if (sources.length === 0) return text;
  const urls = new Map(sources.map(({ number, url }) => [number, url]));
  return text.replace(/(\s*)\[(\d{1,2})\]/g, (whole, space: string, number: string) => {
    const url = urls.get(Number(number));
    if (url === undefined) return whole;
    return linked.includes(dialect) ? `${space}[\\[${number}\\]](${url})` : "";
  });
}
