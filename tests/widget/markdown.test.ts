import { describe, expect, it } from "vitest";
import { growth, linear } from "#support/growth";
import { widgetSource } from "#support/widget-source";

type Node = { type: unknown; props: Record<string, unknown> & { children?: unknown } };
type Options = { streaming?: boolean; sources?: Set<number>; onSource?: (number: number) => void };

const { markdown, safeHref } = await widgetSource<{
  markdown: (text: string, options?: Options) => Node;
  safeHref: (href: string) => string | undefined;
}>("text/markdown.tsx");

/** Writes elements down as they would stand in a page, so that a test can read them. */
function written(node: unknown): string {
  if (node === null || node === undefined || node === false || node === true) return "";
  if (Array.isArray(node)) return node.map(written).join("");
  if (typeof node !== "object") return String(node).replaceAll("\u2060", "");
  const { type, props } = node as Node;
  const inner = written(props.children);
  if (typeof type !== "string") return inner;
  const kept = ["href", "rel", "target", "start", "class"].flatMap((name) =>
    props[name] === undefined ? [] : [` ${name}="${props[name]}"`],
  );
  return `<${type}${kept.join("")}>${inner}</${type}>`;
}

const show = (text: string, options?: Options) => written(markdown(text, options));

describe("Markdown in the chat window", () => {
  it("becomes elements", () => {
    expect(show("You have **30 days**.\n\n1. Open *orders*\n2. `Return`")).toBe(
      '<p>You have <strong>30 days</strong>.</p><ol start="1"><li>Open <em>orders</em></li><li><code>Return</code></li></ol>',
    );
  });

  it("shows HTML as the text that it is", () => {
    const shown = show("Hi <b onclick=x>there</b>\n\n<script>alert(1)</script>\n\n<img src=x onerror=y>");
    expect(shown).toContain("<b onclick=x>there</b>");
    const elements = JSON.stringify(markdown("<script>alert(1)</script><img src=x>"));
    expect(elements).not.toMatch(/"type":"(script|img|b)"/);
  });

  it("follows only harmless links, in a new window and without a trace", () => {
    expect(show("[a](https://x.example/b)")).toBe(
      '<p><a href="https://x.example/b" rel="noopener nofollow ugc" target="_blank">a</a></p>',
    );
    for (const href of ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "/relative"])
      expect(safeHref(href), href).toBeUndefined();
    expect(show("[a](javascript:alert(1))")).toBe("<p>a</p>");
    expect(safeHref("tel:+49301234")).toBe("tel:+49301234");
    expect(safeHref("mailto:a@b.example")).toBe("mailto:a@b.example");
  });

  it("loads no picture", () => {
    expect(show("![a map](https://x.example/leak.png)")).toBe("<p>a map</p>");
  });

  it("heals what a half-streamed answer leaves open", () => {
    expect(show("You have **30 da", { streaming: true })).toBe("<p>You have <strong>30 da</strong></p>");
    expect(show("See [our condi", { streaming: true })).toBe("<p>See our condi</p>");
  });

  it("never shows a mark that is only half there, wherever an answer is cut", () => {
    const answer =
      "You have **30 days** and a *little* more, see [our conditions](https://x.example/a).\n\n1. Open **Your orders**\n2. Press `Return`, then [Print](https://x.example/p)\n\nThat is **all _of_ it**.";
    for (let end = 1; end <= answer.length; end += 1) {
      const shown = show(answer.slice(0, end), { streaming: true });
      expect(shown.replace(/<[^>]*>/g, ""), answer.slice(0, end)).not.toMatch(/\*|`|\]\(|\[/);
    }
  });

  it("turns only the numbers of real sources into buttons", () => {
    const shown = show("Yes [1]. No [7].", { sources: new Set([1]) });
    expect(shown).toBe('<p><span class="cited">Yes<button class="cite">1</button></span>. No [7].</p>');
  });

  it.each(["> ", "1. ", "_a", "**a", "[", "![", "[a](", "`", "```", "*", "$"])(
    "draws a text of nothing but %j, in its share of time",
    (piece) => {
      const draw = (size: number) => {
        const text = piece.repeat(Math.ceil(size / piece.length));
        show(text);
        show(text, { streaming: true });
      };
      expect(growth(draw, 1_000)).toBeLessThan(linear);
    },
  );
});
