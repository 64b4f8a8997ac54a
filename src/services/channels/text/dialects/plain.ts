import { namesItself } from "./address.ts";
import { quotedLines, type Writer } from "./writer.ts";

/** Text that is read as it stands: SMS, Messenger, and wherever formatting was refused. */
export const plain: Writer = {
  words: (text) => text,
  marks: {},
  code: (text) => text,
  link: (label, href) => (namesItself(label, href) ? label : `${label} (${href})`),
  fence: (code) => code,
  quote: quotedLines,
  bullet: "•",
  lineBreak: "\n",
};
