import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { initials } from "#components/ui/avatar.tsx";
import { Markdown, plainText, safeHref } from "#components/ui/markdown.tsx";

const render = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

describe("Markdown", () => {
  it("draws what people write: emphasis, lists, code, tables", () => {
    const html = render("**Bold** and *soft* `code`\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    expect(html).toContain("<strong");
    expect(html).toContain("<em>soft</em>");
    expect(html).toContain("<ol");
    expect(html).toContain("<td");
  });

  it("shows HTML as the text that it is", () => {
    const html = render('<img src=x onerror="alert(1)"> and <script>alert(2)</script>');
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;");
  });

  it("drops links that could run something, and keeps their words", () => {
    const html = render("[click](javascript:alert(1)) ![pic](data:text/html,x) [ok](https://a.example/b)");
    expect(html).not.toContain("javascript:");
    expect(html).not.toContain("data:text");
    expect(html).toContain("click");
    expect(html).toContain('href="https://a.example/b"');
    expect(html).toContain('rel="noopener noreferrer nofollow"');
  });

  it("leaves ampersands and less-than signs as they were typed", () => {
    expect(render("a < b & c")).toContain("a &lt; b &amp; c");
  });
});

describe("a text built to choke its reader", () => {
  const hostile = ["> ", "1. ", "- ", "* > ", "_a", "**a", "[", "![", "(", "<", "`", "~~a", "| ", "\\"];

  it.each(hostile)("of nothing but %j is drawn, and soon", (piece) => {
    for (const length of [8_000, 200_000]) {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      const began = performance.now();
      expect(render(text)).toContain("<div");
      plainText(text);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  it("keeps rules, long lists and tables what they are", () => {
    expect(render(`a\n\n${"-".repeat(80)}\n\nb`)).toContain("<hr");
    expect(render("- one\n".repeat(500)).match(/<li/g)).toHaveLength(500);
  });
});

describe("the words alone", () => {
  it("stand without their marks", () => {
    expect(plainText("Here is **what** `x` says:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two")).toBe(
      "Here is what x says: a, b; 1, 2 one two",
    );
  });
});

describe("safe links", () => {
  it.each([
    ["https://a.example", true],
    ["mailto:a@b.example", true],
    ["/help/returns", true],
    ["//evil.example", false],
    ["JaVaScRiPt:alert(1)", false],
    ["vbscript:x", false],
  ])("%s", (href, safe) => {
    expect(safeHref(href) !== undefined).toBe(safe);
  });
});

describe("initials", () => {
  it("stand for any name", () => {
    expect([
      initials("Maria Santos"),
      initials("עמית לוי"),
      initials("kim@a.example"),
      initials("🎈"),
    ]).toEqual(["MS", "על", "K", "?"]);
  });
});
