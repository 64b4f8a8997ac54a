import type { Token, Tokens } from "marked";
import { type ComponentChildren, Fragment, h, type VNode } from "preact";
import { lexed } from "#client/lexed";
import { heal } from "./heal.ts";

export type MarkdownOptions = {
  /** Heals what a half-streamed text leaves open. */
  streaming?: boolean;
  /** The numbers that a `[1]` in the text may point to. */
  sources?: ReadonlySet<number>;
  onSource?: (number: number) => void;
};

const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/** Renders Markdown as elements. It never passes through HTML, loads no picture and follows only harmless links. */
export function markdown(text: string, options: MarkdownOptions = {}): VNode {
  const whole = options.streaming ? heal(text) : text;
  return <>{blocks(lexed(whole), options)}</>;
}

/** The address of a link, if following it can do no harm. */
export function safeHref(href: string): string | undefined {
  try {
    const url = new URL(href, "https://relative.invalid");
    if (!schemes.has(url.protocol) || url.hostname === "relative.invalid") return undefined;
    return url.href;
  } catch {
    return undefined;
  }
}

function blocks(tokens: Token[] | undefined, options: MarkdownOptions): VNode {
  return each(tokens ?? [], (token) => block(token, options));
}

// A text that grows keeps its places, so that children need no other key than their place.
function each<T>(items: readonly T[], show: (item: T, place: number) => ComponentChildren): VNode {
  return h(Fragment, null, ...items.map(show));
}

function block(token: Token, options: MarkdownOptions): ComponentChildren {
  switch (token.type) {
    case "paragraph":
      return <p dir="auto">{inline(token.tokens, options)}</p>;
    case "heading":
      return (
        <p dir="auto" class="md-heading">
          {inline(token.tokens, options)}
        </p>
      );
    case "blockquote":
      return <blockquote dir="auto">{blocks(token.tokens, options)}</blockquote>;
    case "code":
      return (
        <pre dir="ltr">
          <code>{token.text}</code>
        </pre>
      );
    case "hr":
      return <hr />;
    case "list":
      return list(token as Tokens.List, options);
    case "table":
      return table(token as Tokens.Table, options);
    case "space":
    case "def":
      return undefined;
    case "html":
      return <p dir="auto">{token.raw.trim()}</p>;
    default:
      return inline([token], options);
  }
}

function list({ ordered, start, items }: Tokens.List, options: MarkdownOptions) {
  const entries = each(items, (item) => (
    <li>
      {item.task && box(item.checked === true)}
      {item.loose ? blocks(item.tokens, options) : tight(item.tokens, options)}
    </li>
  ));
  return ordered ? (
    <ol dir="auto" start={Number(start) || 1}>
      {entries}
    </ol>
  ) : (
    <ul dir="auto">{entries}</ul>
  );
}

function box(checked: boolean) {
  return checked ? "☑ " : "☐ ";
}

function tight(tokens: Token[], options: MarkdownOptions): VNode {
  return each(tokens, (token) => {
    if (token.type !== "text") return block(token, options);
    return inline("tokens" in token ? token.tokens : [token], options);
  });
}

function table({ header, rows }: Tokens.Table, options: MarkdownOptions) {
  const cell = (Tag: "th" | "td") => (one: Tokens.TableCell) => <Tag>{inline(one.tokens, options)}</Tag>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="md-table" aria-label="Table" tabIndex={0}>
      <table>
        <thead>
          <tr>{each(header, cell("th"))}</tr>
        </thead>
        <tbody>
          {each(rows, (row) => (
            <tr>{each(row, cell("td"))}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function inline(tokens: Token[] | undefined, options: MarkdownOptions): VNode {
  return each(tokens ?? [], (token) => span(token, options));
}

function span(token: Token, options: MarkdownOptions): ComponentChildren {
  switch (token.type) {
    case "strong":
      return <strong>{inline(token.tokens, options)}</strong>;
    case "em":
      return <em>{inline(token.tokens, options)}</em>;
    case "del":
      return <del>{inline(token.tokens, options)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return link(token as Tokens.Link, options);
    case "image":
      return token.text || undefined;
    case "escape":
      return token.text;
    case "html":
      return token.raw;
    default:
      return "tokens" in token && token.tokens ? inline(token.tokens, options) : cited(plain(token), options);
  }
}

function link({ href, tokens }: Tokens.Link, options: MarkdownOptions) {
  const safe = safeHref(href);
  if (safe === undefined) return inline(tokens, options);
  return (
    <a href={safe} target="_blank" rel="noopener nofollow ugc">
      {inline(tokens, options)}
    </a>
  );
}

function plain(token: Token): string {
  return "text" in token && typeof token.text === "string" ? unescaped(token.text) : token.raw;
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: "\u00a0",
};

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole);
}

function cited(text: string, { sources, onSource, streaming }: MarkdownOptions): ComponentChildren {
  if (!streaming && !sources?.size) return text;
  const parts = text.split(/\s*\[(\d{1,2})\]/);
  return each(parts, (part, place) => {
    const isNumber = place % 2 === 1;
    // A number stays on the line of the word that it belongs to.
    if (!isNumber) return place === parts.length - 1 ? part : part.replace(lastWord, "");
    const number = Number(part);
    if (!streaming && !sources?.has(number)) return `${wordBefore(parts, place)} [${part}]`;
    return (
      <span class="cited">
        {wordBefore(parts, place)}
        {streaming ? (
          <span class="cite">{number}</span>
        ) : (
          <button
            type="button"
            class="cite"
            aria-label={`Source ${number}`}
            onClick={() => onSource?.(number)}
          >
            {number}
          </button>
        )}
      </span>
    );
  });
}

const lastWord = /\S{0,24}$/;

function wordBefore(parts: string[], place: number): string {
  return lastWord.exec(parts[place - 1] ?? "")?.[0] ?? "";
}
