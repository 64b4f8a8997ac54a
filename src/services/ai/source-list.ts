import type { Source } from "#contracts/conversation";
import type { PassageHit } from "#contracts/knowledge";

/** The passages one answer was given, numbered for the model, and renumbered for the customer as they are cited. */
export class SourceList {
  readonly #url: (hit: PassageHit) => string;
  readonly #given: PassageHit[] = [];
  readonly #cited: PassageHit[] = [];

  constructor(url: (hit: PassageHit) => string = helpUrl) {
    this.#url = url;
  }

  /** Adds passages and returns each with the number the model cites it by; known ones keep theirs. */
  add(hits: readonly PassageHit[]): { number: number; hit: PassageHit }[] {
    return hits.map((hit) => {
      const known = this.#given.findIndex(({ passageId }) => passageId === hit.passageId);
      const number = known < 0 ? this.#given.push(hit) : known + 1;
      return { number, hit };
    });
  }

  /** The number a customer sees for a number the model wrote; `undefined` where no such passage was given. */
  cite(number: number): number | undefined {
    const hit = this.#given[number - 1];
    if (hit === undefined) return undefined;
    const place = sameSection(this.#cited, hit);
    return place < 0 ? this.#cited.push(hit) : place + 1;
  }

  get cited(): number {
    return this.#cited.length;
  }

  urls(): string[] {
    return this.#given.map(this.#url);
  }

  /** What the answer cites, or the best that was found where it cites nothing. */
  sources(most = 2): Source[] {
    const shown = this.#cited.length > 0 ? this.#cited : firstOfEachSection(this.#given).slice(0, most);
    return shown.map((hit, index) => toSource(hit, index + 1, this.#url(hit)));
  }
}

/** Where the help centre shows an article. */
export function helpUrl({ slug, anchor }: Pick<PassageHit, "slug" | "anchor">): string {
  return `/help/${encodeURIComponent(slug)}${anchor === "" ? "" : `#${encodeURIComponent(anchor)}`}`;
}

/** A numbered source as windows show it. */
export function toSource(hit: PassageHit, number: number, url: string, quote?: string): Source {
  return {
    number,
    articleId: hit.articleId,
    title: hit.articleTitle,
    ...(hit.section === "" ? {} : { section: hit.section }),
    url,
    quote: shortened(quote ?? hit.text),
  };
}

function firstOfEachSection(hits: readonly PassageHit[]): PassageHit[] {
  return hits.filter((hit, index) => sameSection(hits.slice(0, index), hit) < 0);
}

function sameSection(hits: readonly PassageHit[], { articleId, anchor }: PassageHit): number {
  return hits.findIndex((hit) => hit.articleId === articleId && hit.anchor === anchor);
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= 240) return plain;
  return `${plain
    .slice(0, 240)
    .replace(/\s+\S*$/, "")
    .toWellFormed()}…`;
}
