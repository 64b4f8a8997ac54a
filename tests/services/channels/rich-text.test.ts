import { describe, expect, it } from "vitest";
import { renderParts } from "#channels/text/render";

type Dialect = Parameters<typeof renderParts>[1]["dialect"];

const dialects: Dialect[] = ["markdown", "plain", "slack", "teams", "telegram", "whatsapp"];

function shown(markdown: string, dialect: Dialect): string {
  return renderParts(markdown, { dialect, maxLength: 4_000 })
    .map(({ text }) => text)
    .join("\n<next part>\n");
}

describe("a message in the way of writing of each platform", () => {
  it.each<[Dialect, string]>([
    ["markdown", "**Bold** *italic* ~~gone~~ `a < b`"],
    ["plain", "Bold italic gone a < b"],
    ["slack", "*Bold* _italic_ ~gone~ `a &lt; b`"],
    ["teams", "**Bold** _italic_ gone `a < b`"],
    ["telegram", "<b>Bold</b> <i>italic</i> <s>gone</s> <code>a &lt; b</code>"],
    ["whatsapp", "*Bold* _italic_ ~gone~ `a < b`"],
  ])("sets words in %s", (dialect, expected) => {
    expect(shown("**Bold** *italic* ~~gone~~ `a < b`", dialect)).toBe(expected);
  });

  it.each<[Dialect, string]>([
    ["markdown", "See [the *page*](https://example.com/a?b=1&c=2)."],
    ["plain", "See the page (https://example.com/a?b=1&c=2)."],
    ["slack", "See <https://example.com/a?b=1&amp;c=2|the page>."],
    ["teams", "See [the page](https://example.com/a?b=1&c=2)."],
    ["telegram", 'See <a href="https://example.com/a?b=1&amp;c=2">the page</a>.'],
    ["whatsapp", "See the page (https://example.com/a?b=1&c=2)."],
  ])("writes a link in %s", (dialect, expected) => {
    expect(shown("See [the *page*](https://example.com/a?b=1&c=2).", dialect)).toBe(expected);
  });

  it("writes an address once where a link is written out", () => {
    const text = "https://example.com/a, www.example.org and help@example.com";

    expect(shown(text, "plain")).toBe(text);
    expect(shown(text, "whatsapp")).toBe(text);
  });

  it.each<[Dialect, string]>([
    ["plain", "Steps\n\n1. Open\n2. Turn\n    • left\n    • right\n\nDone"],
    ["slack", "*Steps*\n\n1. Open\n2. Turn\n    • left\n    • right\n\nDone"],
    ["teams", "**Steps**\n\n1. Open\n2. Turn\n    - left\n    - right\n\nDone"],
    ["telegram", "<b>Steps</b>\n\n1. Open\n2. Turn\n    • left\n    • right\n\nDone"],
    ["whatsapp", "*Steps*\n\n1. Open\n2. Turn\n    - left\n    - right\n\nDone"],
  ])("writes headings and lists in %s", (dialect, expected) => {
    expect(shown("## Steps\n\n1. Open\n2. Turn\n   - left\n   - right\n\nDone", dialect)).toBe(expected);
  });

  it.each(["-", "1.", "#", "[1]: https://example.com/", "```\n```"])("shows %j as it stands", (signs) => {
    expect(shown(signs, "plain")).toBe(signs);
    expect(shown(signs, "markdown")).not.toBe("");
  });

  it("ticks the boxes of a list", () => {
    expect(shown("- [x] paid\n- [ ] sent", "whatsapp")).toBe("- ☑ paid\n- ☐ sent");
  });

  it.each<[Dialect, string]>([
    ["plain", "> You said\n> two lines\n\nif (a < b) {\n\n  go()\n}"],
    ["slack", "> You said\n> two lines\n\n```\nif (a &lt; b) {\n\n  go()\n}\n```"],
    ["teams", "> You said  \n> two lines\n\n```ts\nif (a < b) {\n\n  go()\n}\n```"],
    [
      "telegram",
      '<blockquote>You said\ntwo lines</blockquote>\n\n<pre><code class="language-ts">if (a &lt; b) {\n\n  go()\n}</code></pre>',
    ],
    ["whatsapp", "> You said\n> two lines\n\n```\nif (a < b) {\n\n  go()\n}\n```"],
  ])("writes quotes and code in %s", (dialect, expected) => {
    expect(shown("> You said\n> two lines\n\n```ts\nif (a < b) {\n\n  go()\n}\n```", dialect)).toBe(expected);
  });

  it.each(dialects.filter((dialect) => dialect !== "markdown"))("makes a table readable in %s", (dialect) => {
    const text = shown("| Plan | Price | Seats |\n|--|--|--|\n| Free | 0 | 1 |\n| Team | 5 | |", dialect);

    expect(text).toMatch(/^[•-] Plan: Free · Price: 0 · Seats: 1\n[•-] Plan: Team · Price: 5$/);
  });

  it("leaves Markdown as it was written", () => {
    const text = "# Hi\n\n| a | b |\n|--|--|\n| 1 | *2* |\n\n* one\n* two_three";

    expect(shown(text, "markdown")).toBe(text);
  });

  it("gives the same words without formatting beside each part", () => {
    const [part] = renderParts("**Hello** [there](https://example.com/)", {
      dialect: "telegram",
      maxLength: 4_096,
    });

    expect(part).toEqual({
      text: '<b>Hello</b> <a href="https://example.com/">there</a>',
      plain: "Hello there (https://example.com/)",
    });
  });

  it("has no part for a message without words", () => {
    for (const dialect of dialects) {
      expect(renderParts(" \n\n\t\n", { dialect, maxLength: 100 })).toEqual([]);
    }
  });
});

describe("what a message cannot do to a platform", () => {
  it.each<[Dialect, string]>([
    ["markdown", "&lt;b onclick=x&gt;Hi&lt;/b&gt; & bye"],
    ["plain", "<b onclick=x>Hi</b> & bye"],
    ["slack", "&lt;b onclick=x&gt;Hi&lt;/b&gt; &amp; bye"],
    ["teams", "&lt;b onclick=x&gt;Hi&lt;/b&gt; & bye"],
    ["telegram", "&lt;b onclick=x&gt;Hi&lt;/b&gt; &amp; bye"],
  ])("shows raw HTML as text in %s", (dialect, expected) => {
    expect(shown("<b onclick=x>Hi</b> & bye", dialect)).toBe(expected);
  });

  it.each(dialects)("makes no link of an address that could do harm in %s", (dialect) => {
    const text =
      "[a](javascript:alert(1)) [b](data:text/html,x) [c](/inside) ![d](file:///etc/passwd) <vbscript:x>";

    expect(shown(text, dialect)).toBe("a b c d vbscript:x");
  });

  it("calls nobody together in Slack", () => {
    const text = shown(
      "<!channel> <!here|here> <@U123> <#C1> @here @everyone, mail me@herefordshire.uk",
      "slack",
    );

    expect(text).not.toMatch(/<[!@#]/);
    expect(text).not.toMatch(/@(here|everyone)\b/);
    expect(text).toContain("herefordshire");
  });

  it("lets no address end a link early", () => {
    const text = '[x](<https://e.com/"`|y)\\>z> "t")';

    expect(shown(text, "telegram")).toBe('<a href="https://e.com/%22%60%7Cy)%3Ez">x</a>');
    expect(shown(text, "slack")).toBe("<https://e.com/%22%60%7Cy)%3Ez|x>");
    expect(shown(text, "teams")).toBe("[x](https://e.com/%22%60%7Cy%29%3Ez)");
  });

  it("lets no code end its block early", () => {
    const text = "````\na\n```\n*b*\n````";

    expect(shown(text, "slack").match(/```/g)).toHaveLength(2);
    expect(shown(text, "whatsapp").match(/```/g)).toHaveLength(2);
    expect(shown(text, "teams")).toBe("````\na\n```\n*b*\n````");
  });

  it("shows no bare signs where a mark would not be understood", () => {
    const text = "un**able**, **sun**ny, (**so**) and ** spaced ** and **重要**です";

    expect(shown(text, "slack")).toBe("unable, sunny, (*so*) and ** spaced ** and 重要です");
    expect(shown(text, "telegram")).toBe(
      "un<b>able</b>, <b>sun</b>ny, (<b>so</b>) and ** spaced ** and <b>重要</b>です",
    );
    expect(shown(text, "teams")).toBe(
      "un**able**, **sun**ny, (**so**) and \\*\\* spaced \\*\\* and **重要**です",
    );
  });

  it("keeps signs that mean nothing as they are", () => {
    const text = "\\# 5 \\* 3 = 15, my_file_name, 1\\. no list, \\> no quote, AT&T, &amp;copy;";

    expect(shown(text, "plain")).toBe("# 5 * 3 = 15, my_file_name, 1. no list, > no quote, AT&T, &copy;");
    expect(shown(shown(text, "teams"), "plain")).toBe(shown(text, "plain"));
  });

  it.each(dialects)("renders what was built to choke a reader in %s", (dialect) => {
    const hostile = `${"> ".repeat(500)}x\n\n${"*a ".repeat(5_000)}\n\n${"[".repeat(2_000)}`;

    const parts = renderParts(hostile, { dialect, maxLength: 1_000 });

    expect(parts.length).toBeGreaterThan(10);
  });
});
