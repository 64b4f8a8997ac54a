import { cut } from "#channels/words";
import { filesOf } from "./files.ts";
import type { Activity } from "./payload.ts";

const longest = 40_000;

/** The words of a message: those written, those of a button, and the names of what cannot be shown. */
export function contentOf(activity: Activity): string {
  const said = textOf(activity) || wordsOfValue(activity.value);
  const others = filesOf(activity).others.map((title) => `📎 ${title}`);
  return [said, ...others].filter((line) => line !== "").join("\n");
}

/** Says in words what a card's button or form sent: "choice: Refund, comment: late". */
export function wordsOfValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return cut(String(value), longest);
  const fields = Object.entries(value).filter(([name]) => name !== "msteams");
  const words = fields.map(
    ([name, each]) => `${name}: ${typeof each === "object" ? JSON.stringify(each) : each}`,
  );
  return cut(words.join(", "), longest);
}

/** What a customer wrote, without the mention that woke the bot. */
function textOf(activity: Activity): string {
  const written = activity.text?.trim() ?? "";
  return cut(withReadableMentions(written || twinOf(activity), activity), longest);
}

/**
 * A mention stands in the text as `<at>Name</at>` and among the entities (learn.microsoft.com, Teams platform, "Channel
 * and group chat conversations with a bot"): our own is taken out, another person's keeps its name.
 */
function withReadableMentions(text: string, { entities = [], recipient }: Activity): string {
  let readable = text;
  for (const { type, text: tag, mentioned } of entities) {
    if (type !== "mention" || tag === undefined || tag === "") continue;
    if (mentioned?.id === recipient?.id) readable = readable.replace(tag, "").replace(/^(&nbsp;|\s)+/, "");
    else readable = readable.replace(tag, () => `@${mentioned?.name ?? tag.replace(/<\/?at[^<>]*>/g, "")}`);
  }
  return readable.trim();
}

/** The words of the HTML twin of a message, for those that have no text of their own: a lone emoji is a picture there. */
function twinOf({ attachments = [] }: Activity): string {
  const twin = attachments.find(({ contentType }) => contentType === "text/html")?.content;
  if (typeof twin !== "string") return "";
  return twin
    .replace(emoji, "$1")
    .replace(/<(br|\/p|\/div|\/li)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => entity[name] ?? "")
    .trim();
}

// Tags end at the next `<` too, so that a page of them takes no more time than a page of text.
const emoji = /<img\b(?=[^<>]*schema\.skype\.com\/Emoji)[^<>]*?\balt="([^"<>]*)"[^<>]*>/gi;
const entity: Record<string, string> = { nbsp: " ", lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
