/** How a stretch of words can be set. */
export type Mark = "strong" | "em" | "del";

/** The signs around marked words. */
export type Signs = {
  open: string;
  close: string;
  /** Where the signs are understood: everywhere, beside letters too if they touch a letter, or at the edges of words alone. */
  holds: "anywhere" | "in_words" | "around_words";
};

/** How one platform writes what a message can hold. It is given bare words, and makes them harmless. */
export type Writer = {
  words(text: string, place: { startsLine: boolean }): string;
  /** A mark without signs is not shown by the platform; its words are. */
  marks: Partial<Record<Mark, Signs>>;
  code(text: string): string;
  link(label: string, href: string): string;
  fence(code: string, language: string): string;
  quote(text: string): string;
  bullet: string;
  /** Ends a line that another of the same paragraph follows. */
  lineBreak: string;
};

/** Escapes the three signs that are markup in HTML and in Slack's way of writing, and no others: Slack shows those bare. */
export function withEntities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Puts `> ` before every line, as most platforms write a quote. */
export function quotedLines(text: string): string {
  return text.replace(/^/gm, "> ");
}
