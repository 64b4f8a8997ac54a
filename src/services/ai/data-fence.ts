/** Puts text between marks that nobody outside can guess, so that no data can pretend to end. */
export type DataFence = { mark: string; wrap(kind: string, text: string, label?: string): string };

/** Makes a fence from a random nonce. */
export function dataFence(nonce: string): DataFence {
  const mark = `data-${nonce}`;
  return {
    mark,
    wrap(kind, text, label) {
      const about = label === undefined ? "" : ` label="${quoted(label)}"`;
      const inside = withoutInvisible(text).replaceAll(nonce, "");
      return `<${mark} kind="${kind}"${about}>\n${inside}\n</${mark}>`;
    },
  };
}

/** Takes out what people cannot see but models read: control, bidirectional, zero-width and tag characters. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, "").replace(joinerInAscii, "");
}

// Joiners stay between emoji and letters that need them, but no plain letter does.
const joinerInAscii = /(?<=[\x20-\x7e])[\u200c\u200d]+/g;
// Variation selectors beyond the first 16 can carry bytes.
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e01ef}]/gu;

function quoted(label: string): string {
  return withoutInvisible(label)
    .replace(/["<>\s]+/g, " ")
    .trim()
    .slice(0, 200);
}
