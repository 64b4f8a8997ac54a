import { fold } from "./words.ts";

/** Makes the part of a URL that names a title: lower case, no accents, words joined by hyphens, at most 80 characters. */
export function slugify(title: string): string {
  const slug = fold(title)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80)
    .replace(/-+$/, "");
  return slug === "" ? "untitled" : slug;
}
