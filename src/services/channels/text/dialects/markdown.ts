import { quotedLines, type Writer } from "./writer.ts";

/** Markdown as CommonMark has it, for a text that cannot stay as it was written. */
export const markdown: Writer = {
  words(text, { startsLine }) {
    const harmless = text
      .replace(/[\\`*_~[\]]/g, "\\$&")
      .replace(/&(?=#?\w+;)/g, "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;");
    return startsLine ? harmless.replace(/^([#+=|-]|\d{1,9}(?=[.)]))/, opened) : harmless;
  },
  marks: {
    strong: { open: "**", close: "**", holds: "in_words" },
    em: { open: "_", close: "_", holds: "around_words" },
    del: { open: "~~", close: "~~", holds: "in_words" },
  },
  code(text) {
    const ticks = "`".repeat(longestTicks(text) + 1);
    return /^[` ]|[` ]$/.test(text) ? `${ticks} ${text} ${ticks}` : `${ticks}${text}${ticks}`;
  },
  link(label, href) {
    const words = this.words(label, { startsLine: false });
    return `[${words}](${href.replaceAll("(", "%28").replaceAll(")", "%29")})`;
  },
  fence(code, language) {
    const ticks = "`".repeat(Math.max(3, longestTicks(code) + 1));
    return `${ticks}${language}\n${code}\n${ticks}`;
  },
  quote: quotedLines,
  bullet: "-",
  lineBreak: "  \n",
};

// A digit cannot be escaped, so the sign after it is.
function opened(sign: string): string {
  return /\d/.test(sign) ? `${sign}\\` : `\\${sign}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
}
