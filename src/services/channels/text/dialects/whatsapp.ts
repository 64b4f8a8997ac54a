import { plain } from "./plain.ts";
import type { Writer } from "./writer.ts";

/** WhatsApp's own signs; it knows no titled links and no escape (Help Center, "How to format your messages"). */
export const whatsapp: Writer = {
  ...plain,
  marks: {
    strong: { open: "*", close: "*", holds: "around_words" },
    em: { open: "_", close: "_", holds: "around_words" },
    del: { open: "~", close: "~", holds: "around_words" },
  },
  code: (text) => (text.includes("`") ? text : `\`${text}\``),
  fence: (code) => `\`\`\`\n${withoutFences(code)}\n\`\`\``,
  bullet: "-",
};

/** Parts three backticks by an invisible sign, where nothing else keeps them from ending the code. */
export function withoutFences(code: string): string {
  return code.replace(/`(?=``)/g, "`\u200b");
}
