import type { Token, Tokens } from "marked";
import { createElement, Fragment, memo, type ReactNode } from "react";
import { lexed } from "#client/lexed";
import { cn } from "./cn.ts";

type Props = { text: string; className?: string };

/** Markdown as elements: its words never pass through HTML, and its links lead only where links may. */
export const Markdown = memo(function Markdown({ text, className }: Props) {
  const tokens = lexed(text);
  return (
    <div dir="auto" className={cn("flex min-w-0 flex-col gap-2 [overflow-wrap:anywhere]", className)}>
      {blocks(tokens)}
    </div>
  );
});

/** The words of a text without its marks, for where only a line of it fits. */
export function plainText(text: string): string {
  return wordsOf(lexed(text)).replace(/\s+/g, " ").trim();
}

function wordsOf(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "table") {
        const { header, rows } = token as Tokens.Table;
        return [header, ...rows]
          .map((row) => row.map((cell) => wordsOf(cell.tokens)).join(", "))
          .join("; ")
          .concat(" ");
      }
      if (token.type === "list")
        return (token as Tokens.List).items.map(({ tokens: item }) => wordsOf(item)).join(" ");
      if ("tokens" in token && token.tokens)
        return `${wordsOf(token.tokens)}${inlineTypes.has(token.type) ? "" : " "}`;
      if (token.type === "space" || token.type === "br") return " ";
      return "text" in token ? String(token.text) : token.raw;
    })
    .join("");
}

const inlineTypes = new Set(["strong", "em", "del", "link", "text"]);

/** The address of a link if it is of a kind that cannot run anything; otherwise nothing. */
export function safeHref(href: string): string | undefined {
  // Two slashes lead to another site and only look as if they stayed.
  if (/^[\\/]/.test(href)) return /^\/(?![\\/])/.test(href) ? href : undefined;
  try {
    return ["http:", "https:", "mailto:", "tel:"].includes(new URL(href).protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Siblings as one node. Tokens have no names of their own: their place is what stays while text streams in. */
function together(nodes: ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}

function blocks(tokens: Token[]): ReactNode {
  return together(tokens.map(block));
}

function block(token: Token): ReactNode {
  switch (token.type) {
    case "space":
    case "def":
      return undefined;
    case "paragraph":
    case "text":
      return <p>{inlineOf(token)}</p>;
    case "heading":
      return <p className="font-semibold">{inlineOf(token)}</p>;
    case "code":
      return (
        <pre className="overflow-x-auto rounded-md border border-line bg-sunken p-2.5 font-mono text-ink text-xs leading-5">
          <code>{token.text}</code>
        </pre>
      );
    case "blockquote":
      return (
        <blockquote className="flex flex-col gap-2 border-current/25 border-s-2 ps-3 opacity-85">
          {blocks(token.tokens ?? [])}
        </blockquote>
      );
    case "list":
      return list(token as Tokens.List);
    case "table":
      return table(token as Tokens.Table);
    case "hr":
      return <hr className="border-current/15" />;
    default:
      return <p>{token.raw}</p>;
  }
}

function list(token: Tokens.List): ReactNode {
  const items = token.items.map((item) => (
    // biome-ignore lint/correctness/useJsxKeyInIterable: given to `together`, which needs no keys.
    <li className="ps-0.5">
      {together(item.tokens.map((part) => (part.type === "text" ? inlineOf(part) : block(part))))}
    </li>
  ));
  const look = "flex flex-col gap-1 ps-5 marker:opacity-60";
  if (!token.ordered) return <ul className={cn("list-disc", look)}>{together(items)}</ul>;
  return (
    <ol start={token.start === "" ? 1 : token.start} className={cn("list-decimal", look)}>
      {together(items)}
    </ol>
  );
}

function table(token: Tokens.Table): ReactNode {
  const cells = (row: Tokens.TableCell[], name: "th" | "td") =>
    together(row.map((cell) => createElement(name, { className: cellClass }, inline(cell.tokens))));
  return (
    <div className="overflow-x-auto">
      <table className="text-sm">
        <thead>
          <tr>{cells(token.header, "th")}</tr>
        </thead>
        <tbody>{together(token.rows.map((row) => createElement("tr", {}, cells(row, "td"))))}</tbody>
      </table>
    </div>
  );
}

const cellClass = "border-current/15 border-b px-2 py-1 text-start align-top";

function inlineOf(token: Token): ReactNode {
  if ("tokens" in token && token.tokens) return inline(token.tokens);
  return "text" in token ? String(token.text) : token.raw;
}

function inline(tokens: Token[]): ReactNode {
  return together(tokens.map(piece));
}

function piece(token: Token): ReactNode {
  switch (token.type) {
    case "strong":
      return <strong className="font-semibold">{inlineOf(token)}</strong>;
    case "em":
      return <em>{inlineOf(token)}</em>;
    case "del":
      return <del>{inlineOf(token)}</del>;
    case "codespan":
      return <code className="rounded-sm bg-current/8 px-1 py-px font-mono text-[0.92em]">{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return link(String(token.href), inlineOf(token));
    case "image":
      return link(String(token.href), String(token.text || token.href));
    case "text":
    case "escape":
      return inlineOf(token);
    default:
      return token.raw;
  }
}

function link(href: string, words: ReactNode): ReactNode {
  const safe = safeHref(href);
  if (!safe) return words;
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="underline decoration-current/40 underline-offset-2 hover:decoration-current"
    >
      {words}
    </a>
  );
}
