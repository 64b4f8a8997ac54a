import { withoutFences } from "./whatsapp.ts";
import { quotedLines, type Writer, withEntities } from "./writer.ts";

/** Slack's mrkdwn (docs.slack.dev, "Formatting message text"). */
export const slack: Writer = {
  words: (text) => withEntities(text).replace(massMention, "@\u2060"),
  marks: {
    strong: { open: "*", close: "*", holds: "around_words" },
    em: { open: "_", close: "_", holds: "around_words" },
    del: { open: "~", close: "~", holds: "around_words" },
  },
  code: (text) => (text.includes("`") ? withEntities(text) : `\`${withEntities(text)}\``),
  link: (label, href) => `<${withEntities(href)}|${withEntities(label)}>`,
  fence: (code) => `\`\`\`\n${withEntities(withoutFences(code))}\n\`\`\``,
  quote: quotedLines,
  bullet: "•",
  lineBreak: "\n",
};

// `<!channel>` is escaped with every other bracket; the bare word is read where names are linked.
const massMention = /@(?=(?:channel|here|everyone)\b)/gi;
