import { withoutInvisible } from "./data-fence.ts";
import type { LinkRule } from "./links.ts";

export type SafeOutputOptions = {
  allows: LinkRule;
  /** The number a window shows for a number the model cited; `undefined` for a source that was never given. */
  cite(number: number): number | undefined;
  mostChars: number;
};

/**
 * Turns what a model says into what a customer may see, while it streams: links to unknown places become text, images
 * and invisible characters vanish, citations are renumbered, and the model's word on its confidence is taken out.
 * What was given out is never taken back, wherever the chunks were split.
 */
export class SafeOutput {
  readonly #options: SafeOutputOptions;
  #half = "";
  #before = "";
  #pending = "";
  #space = "";
  #dropped = false;
  /** What was given out last is a code span of ours. */
  #spanned = false;
  #text = "";
  #hidden: string | undefined;

  constructor(options: SafeOutputOptions) {
    this.#options = options;
  }

  /** All that was given out so far. */
  get text(): string {
    return this.#text;
  }

  get full(): boolean {
    return this.#text.length >= this.#options.mostChars;
  }

  /** What the model said about its own confidence, 0…1. */
  get confidence(): number | undefined {
    if (this.#hidden === undefined) return undefined;
    const [found] = /\d+(?:[.,]\d+)?/.exec(this.#hidden) ?? [];
    if (found === undefined) return undefined;
    const value = Number(found.replace(",", "."));
    return Math.min(1, Math.max(0, this.#hidden.includes("%") ? value / 100 : value));
  }

  /** What the model said of how the customer sounds, −1…1; it stands beside its confidence. */
  get mood(): number | undefined {
    const [, said] = /mood\W*?([-−]?\d+(?:[.,]\d+)?)/i.exec(this.#hidden ?? "") ?? [];
    if (said === undefined) return undefined;
    const value = Number(said.replace("−", "-").replace(",", "."));
    return Math.min(1, Math.max(-1, value));
  }

  /** Takes a chunk and returns what may be shown of it now. */
  push(chunk: string): string {
    const whole = this.#half + chunk;
    const last = whole.charCodeAt(whole.length - 1);
    this.#half = last >= 0xd800 && last <= 0xdbff ? whole.slice(-1) : "";
    // Before anything is looked for: an invisible character would hide an address from us, not from a browser.
    const visible = withoutInvisible(this.#before + whole.slice(0, whole.length - this.#half.length));
    this.#pending += visible.slice(this.#before.length).toWellFormed();
    this.#before = /[\x20-\x7e]$/.exec(visible)?.[0] ?? "";
    return this.#advance({ end: false });
  }

  /** Returns what was still held back, when no more will come. */
  end(): string {
    this.#half = "";
    return this.#advance({ end: true });
  }

  #advance({ end }: { end: boolean }): string {
    let shown = "";
    while (this.#pending !== "") {
      if (this.#dropped) this.#part();
      const at = this.#pending.search(hazard);
      if (at !== 0) {
        const safe = at < 0 ? this.#pending : this.#pending.slice(0, at);
        const kept = end || at > 0 ? "" : heldTail(safe);
        shown += this.#give(safe.slice(0, safe.length - kept.length));
        this.#pending = this.#pending.slice(safe.length - kept.length);
        if (at < 0) break;
        continue;
      }
      const step = this.#step(this.#pending, end || this.#pending.length > longestConstruct);
      if (step === undefined) break;
      shown += this.#give(step.show, "us");
      this.#pending = this.#pending.slice(step.taken);
      this.#dropped = step.show === "";
    }
    return shown;
  }

  /** Keeps the two sides of something dropped apart, where together they could become an address or a link. */
  #part(): void {
    this.#dropped = false;
    const harmless =
      /^[\s.,;!?)]/.test(this.#pending) && !(this.#pending.startsWith(".") && /www$/i.test(this.#text));
    if (!harmless) this.#space ||= " ";
    else if (this.#space === " " && !/^[\n(]/.test(this.#pending)) this.#space = "";
  }

  /** Resolves what stands at the start; `undefined` asks for more text. */
  #step(text: string, last: boolean): Step | undefined {
    if (text.startsWith("<")) return this.#angle(text, last);
    if (text.startsWith("!")) return bang(text, last);
    if (text.startsWith("[") || text.startsWith("【")) return this.#bracket(text, last);
    if (text.startsWith("]")) return closing(text, last);
    return this.#address(text, last);
  }

  #angle(text: string, last: boolean): Step | undefined {
    if (confidenceTag.startsWith(text.toLowerCase()) && !last) return undefined;
    if (text.toLowerCase().startsWith(confidenceTag)) {
      const close = text.toLowerCase().indexOf("</confidence>");
      if (close < 0 && !last) return undefined;
      this.#hidden ??= text.slice(confidenceTag.length, close < 0 ? undefined : close);
      return { show: "", taken: close < 0 ? text.length : close + "</confidence>".length };
    }
    if (/^<(?:[!/a-z][a-z0-9+.-]{0,20})?$/i.test(text) && !last) return undefined;
    const address = /^<([a-z][a-z0-9+.-]{1,20}:[^\s<>]*)>?/i.exec(text);
    if (address !== null) {
      const [whole, target = ""] = address;
      if (whole.length === text.length && !whole.endsWith(">") && !last) return undefined;
      return { show: this.#link(target, target), taken: whole.length };
    }
    // The words of a link that comes next could make a tag with it.
    if (!dangerous.test(text)) return { show: /^<[[【!]/.test(text) ? "< " : "<", taken: 1 };
    const tag = /^<[^<>]*>/.exec(text)?.[0];
    if (tag === undefined && !last) return undefined;
    return { show: "", taken: tag?.length ?? text.length };
  }

  #bracket(text: string, last: boolean): Step | undefined {
    const cited = /^(?:\[\^?|【)\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)(?:†[^】\]]{0,40})?\s*[\]】]/.exec(text);
    if (cited !== null) {
      const [whole, list = ""] = cited;
      if (text.length === whole.length && !last) return undefined;
      const target = linkTarget.exec(text.slice(whole.length))?.[0];
      if (target === undefined && text.charAt(whole.length) === "(" && !last) return undefined;
      const taken = whole.length + (target?.length ?? 0);
      // A bracket left behind it would make a link of the number.
      const gap = text.charAt(taken) === "(" ? " " : "";
      const shown = this.#citations(list);
      return { show: shown === "" ? "" : shown + gap, taken };
    }
    const label = /^\[([^[\]]{0,300})\]/.exec(text);
    if (label === null) {
      const open = /^(?:\[[^[\]]{0,300}|【[^】\]]{0,60})$/.test(text);
      return open && !last ? undefined : { show: "", taken: 1 };
    }
    const [whole, words = ""] = label;
    const after = text.slice(whole.length);
    if (after === "" && !last) return undefined;
    if (after.startsWith("(")) {
      const target = linkTarget.exec(after);
      if (target !== null) {
        const [all, address = ""] = target;
        return { show: this.#link(address, words), taken: whole.length + all.length };
      }
      if (!last && !/\n\s*\n/.test(after) && after.length < longestConstruct) return undefined;
      return { show: plain(words), taken: whole.length };
    }
    // A reference or its definition would be a link that is made elsewhere.
    if (after.startsWith("[") || after.startsWith(":")) return { show: plain(words), taken: whole.length };
    return { show: `[${plain(words)}]`, taken: whole.length };
  }

  #address(text: string, last: boolean): Step | undefined {
    const start = /^(?:(?:https?|ftp):\/\/|www\.)/i.exec(text)?.[0];
    if (start === undefined) return { show: text.charAt(0), taken: 1 };
    const run = /^[^\s<>"`[\]【】]+/.exec(text)?.[0] ?? start;
    if (run.length === text.length && !last) return undefined;
    const address = run.replace(/[.,;:!?'*_)\]}]+$/, "");
    if (address.length <= start.length) return { show: run.replace(/[:/.]+/g, " "), taken: run.length };
    return { show: this.#link(address, address), taken: address.length };
  }

  #link(address: string, label: string): string {
    const allowed = this.#options.allows(address);
    if (label === address) return allowed ?? asText(address);
    const words = plain(label);
    if (allowed === undefined) return words;
    return words.trim() === "" ? allowed : `[${words}](${allowed})`;
  }

  #citations(list: string): string {
    const numbers = list.split(/[,;]/).map((part) => this.#options.cite(Number(part)));
    const known = [...new Set(numbers.filter((number) => number !== undefined))];
    return known.map((number) => `[${number}]`).join("");
  }

  /** Space is given out only before a word, so that an answer neither begins nor ends with it. */
  #give(said: string, from: "model" | "us" = "model"): string {
    const piece = from === "us" && hasOpenSpan(this.#text) ? inert(said) : said;
    // A mark beside a code span of ours would open it, and what stands in it would be live.
    const touches =
      piece.startsWith("`") &&
      this.#space === "" &&
      this.#text.endsWith("`") &&
      (from === "us" || this.#spanned);
    const words = this.#space + (touches ? " " : "") + piece;
    if (piece !== "") this.#spanned = from === "us" && piece.endsWith("`");
    const end = words.trimEnd();
    this.#space = words.slice(end.length);
    const room = Math.max(0, this.#options.mostChars - this.#text.length);
    const shown = (this.#text === "" ? end.trimStart() : end).slice(0, room).toWellFormed();
    if (end === "") return "";
    this.#text += shown;
    return shown;
  }
}

type Step = { show: string; taken: number };

const hazard = /[<![\]【]|(?:https?|ftp):\/\/|www\./i;
const longestConstruct = 2_400;
const confidenceTag = "<confidence>";
const dangerous =
  /^<\/?(?:img|picture|source|iframe|script|style|svg|video|audio|object|embed|link|a|form|input|base|meta)\b/i;
const linkTarget = /^\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)/;
const heldTails = ["http://", "https://", "ftp://", "www."];

/** The end of a text that could become an address with the next chunk. */
function heldTail(text: string): string {
  const tail = text.slice(-8).toLowerCase();
  for (let length = Math.min(7, tail.length); length > 0; length -= 1) {
    const end = tail.slice(-length);
    if (heldTails.some((start) => start.startsWith(end))) return text.slice(-length);
  }
  return "";
}

/** An image is dropped whole; an exclamation mark is one. */
function bang(text: string, last: boolean): Step | undefined {
  if (text.length === 1 && !last) return undefined;
  if (!text.startsWith("![")) return { show: "!", taken: 1 };
  const image = /^!\[[^\]]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]]*\])?/.exec(text);
  const whole = image?.[0];
  const unfinished = whole === undefined || whole.length === text.length || /^!\[[^\]]*\]\([^)]*$/.test(text);
  if (unfinished && !last) return undefined;
  if (whole === undefined) return { show: "", taken: 2 };
  return { show: "", taken: /^!\[[^\]]*\]\([^)]*$/.test(text) ? text.length : whole.length };
}

/** A stray closing bracket takes a link's target with it. */
function closing(text: string, last: boolean): Step | undefined {
  if (text.length === 1 && !last) return undefined;
  if (!/^\][([:]/.test(text)) return { show: "]", taken: 1 };
  if (!text.startsWith("](")) return { show: "", taken: 2 };
  const target = /^\]\([^)]*\)/.exec(text)?.[0];
  if (target === undefined && !last) return undefined;
  return { show: "", taken: target?.length ?? text.length };
}

/** A link's words, without anything that could make a link of them again. */
function plain(label: string): string {
  return label.replace(/[<>[\]]/g, "").replace(/(?:(?:https?|ftp):\/\/|www\.)\S*/gi, asText);
}

/** Says whether the newest paragraph has a mark that the next one would close. */
function hasOpenSpan(text: string): boolean {
  let open: number | undefined;
  for (const [{ length }] of text.slice(text.lastIndexOf("\n\n") + 1).matchAll(/`+/g)) {
    if (open === undefined) open = length;
    else if (open === length) open = undefined;
  }
  return open === 1;
}

/** Addresses that no code span can hold: without what would make a link of them. */
function inert(said: string): string {
  return said.replace(/`([^`]*)`/g, (_, address: string) =>
    address.replace(/(?:https?|ftp):\/\/|www\./gi, "").replace(/[![\]()]/g, ""),
  );
}

/** An address in a code span: to be read, never to be followed. */
function asText(address: string): string {
  return `\`${address.replace(/[`<>]/g, "")}\``;
}
