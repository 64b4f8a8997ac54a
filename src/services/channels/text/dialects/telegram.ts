import { type Writer, withEntities } from "./writer.ts";

/** Telegram's subset of HTML (Bot API, "HTML style"). */
export const telegram: Writer = {
  words: withEntities,
  marks: {
    strong: { open: "<b>", close: "</b>", holds: "anywhere" },
    em: { open: "<i>", close: "</i>", holds: "anywhere" },
    del: { open: "<s>", close: "</s>", holds: "anywhere" },
  },
  code: (text) => `<code>${withEntities(text)}</code>`,
  link: (label, href) => `<a href="${withEntities(href)}">${withEntities(label)}</a>`,
  fence(code, language) {
    if (language === "") return `<pre>${withEntities(code)}</pre>`;
    return `<pre><code class="language-${language}">${withEntities(code)}</code></pre>`;
  },
  quote: (text) => `<blockquote>${text}</blockquote>`,
  bullet: "•",
  lineBreak: "\n",
};
