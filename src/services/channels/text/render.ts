import { type Token, walkTokens } from "marked";
import type { Dialect } from "#channels/channel";
import { lexed } from "#client/lexed";
import { safeAddress } from "./dialects/address.ts";
import { markdown } from "./dialects/markdown.ts";
import { plain } from "./dialects/plain.ts";
import { slack } from "./dialects/slack.ts";
import { teams } from "./dialects/teams.ts";
import { telegram } from "./dialects/telegram.ts";
import { whatsapp } from "./dialects/whatsapp.ts";
import type { Writer } from "./dialects/writer.ts";
import { isBlank, type Line } from "./lines.ts";
import { readLines } from "./read.ts";
import { split } from "./split.ts";
import { write } from "./write.ts";

const writers: Record<Dialect, Writer> = { markdown, plain, slack, teams, telegram, whatsapp };

/** A message, or what of it fits into one: in its platform's dialect, and the same words without formatting. */
export type RenderedPart = { text: string; plain: string };

/**
 * Renders a message's Markdown to a platform's dialect, in parts of at most `maxLength` characters (both ways of writing);
 * a message without words has no parts.
 */
export function renderParts(
  text: string,
  { dialect, maxLength }: { dialect: Dialect; maxLength: number },
): RenderedPart[] {
  const writer = writers[dialect];
  const shown = (lines: readonly Line[]) => ({ text: write(lines, writer), plain: write(lines, plain) });
  const fits = (part: RenderedPart) => part.text.length <= maxLength && part.plain.length <= maxLength;
  const tokens = lexed(text);
  const lines = linesOf(tokens, text);
  if (dialect === "markdown" && lines.length > 0 && isHarmless(tokens)) {
    const asItIs = { text, plain: write(lines, plain) };
    if (fits(asItIs)) return [asItIs];
  }
  return split(lines, (some) => fits(shown(some)), maxLength).map(shown);
}

// Signs that are nothing but Markdown, such as a dash alone, are meant as they stand.
function linesOf(tokens: readonly Token[], text: string): Line[] {
  const lines = readLines(tokens);
  return lines.every(isBlank) ? readLines([{ type: "text", raw: text, text }]) : lines;
}

// Whoever renders our Markdown may take its HTML for HTML.
function isHarmless(tokens: Token[]): boolean {
  let harmless = true;
  walkTokens(tokens, (token) => {
    if (token.type === "html") harmless = false;
    if (token.type === "link" || token.type === "image") harmless &&= safeAddress(token.href) !== undefined;
  });
  return harmless;
}
