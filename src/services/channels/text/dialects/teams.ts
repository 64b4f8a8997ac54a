import { markdown } from "./markdown.ts";
import type { Writer } from "./writer.ts";

/** The Markdown that Teams shows in a bot's text, where words cannot be struck out ("Format your bot messages"). */
export const teams: Writer = {
  ...markdown,
  marks: { strong: markdown.marks.strong, em: markdown.marks.em },
};
