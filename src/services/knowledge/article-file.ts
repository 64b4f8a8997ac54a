import { basename } from "node:path";
import { ArticleBody } from "#contracts/knowledge";
import { AppError } from "#lib/errors";
import { slugify } from "./slug.ts";

/**
 * Reads a Markdown file with optional front matter (`title`, `slug`, `language`, `status`); without a title the first
 * heading or the file's name serves. Throws `invalid` when the file makes no article.
 */
export function parseArticleFile(fileName: string, content: string): ArticleBody & { slug: string } {
  const { facts, body } = frontMatter(content.replace(/^\uFEFF/, ""));
  const heading = /^#\s+(.+?)\s*#*$/m.exec(body)?.[1];
  const name = basename(fileName).replace(/\.(md|markdown)$/i, "");
  const article = ArticleBody.safeParse({
    title: facts.get("title") ?? heading ?? name,
    slug: facts.get("slug") ?? slugify(name),
    language: facts.get("language") ?? "en",
    status: facts.get("status") ?? "published",
    body: body.trim(),
  });
  if (!article.success) {
    const [issue] = article.error.issues;
    throw new AppError(
      "invalid",
      `${fileName}: ${issue?.path.join(".") ?? "article"}: ${issue?.message ?? "unusable"}`,
    );
  }
  return { ...article.data, slug: article.data.slug ?? slugify(name) };
}

function frontMatter(content: string): { facts: Map<string, string>; body: string } {
  const found = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(content);
  if (found === null) return { facts: new Map(), body: content };
  const facts = new Map<string, string>();
  for (const line of (found[1] ?? "").split(/\r?\n/)) {
    const fact = /^([A-Za-z]+):\s*(.*?)\s*$/.exec(line);
    if (fact !== null)
      facts.set((fact[1] ?? "").toLowerCase(), (fact[2] ?? "").replace(/^(["'])(.*)\1$/, "$2"));
  }
  return { facts, body: content.slice(found[0].length) };
}
