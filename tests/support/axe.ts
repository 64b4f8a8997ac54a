import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "@playwright/test";
import type { RunOptions } from "axe-core";
import { picture } from "#support/picture";

/**
 * What axe finds on a page and in its frames, or only within what a selector names, once nothing moves on it any more,
 * in words short enough for a failed test. In the dark only colours are looked at: the rest is the same page as in the
 * light.
 */
export async function axeFindings(
  page: Page,
  { within }: { within?: string | undefined } = {},
): Promise<string[]> {
  await Promise.all(page.frames().map(prepare));
  return page.evaluate(find, { within, colours });
}

type Both = {
  within?: string;
  /** The name of its pictures. */
  as?: string;
};

/** What axe finds on a page in the light, and then on the same page in the dark; it is light again afterwards. */
export async function axeInBoth(page: Page, { within, as }: Both = {}): Promise<string[]> {
  const look = async () => {
    if (as !== undefined) await picture(page, as);
    return axeFindings(page, { within });
  };
  const light = await look();
  await show(page, "dark");
  const dark = await look();
  await show(page, "light");
  return [...light, ...dark.map((finding) => `in the dark: ${finding}`)];
}

async function show(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Operators' pages name their look on their root, a moment after the browser changed; a shop's page names none.
  await page.waitForFunction((wanted) => {
    const { classList } = document.documentElement;
    return classList.contains(wanted) || !(classList.contains("light") || classList.contains("dark"));
  }, colorScheme);
}

const colours = ["color-contrast", "link-in-text-block"];
const source = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * Waits until what moves has come to its end (what never ends, a pulse or a skeleton, is left alone), and puts axe into
 * the frame, where it is not there yet. Frames of every origin may be asked by the page that holds them
 * (https://github.com/dequelabs/axe-core/blob/develop/doc/frame-messenger.md).
 */
async function prepare(frame: Frame): Promise<void> {
  const there = await frame.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    return "axe" in window;
  });
  if (!there) await frame.evaluate(`${source}; axe.configure({ allowedOrigins: ["<unsafe_all_origins>"] })`);
}

/** Runs in the page. */
async function find(asked: { within: string | undefined; colours: string[] }): Promise<string[]> {
  const { axe } = window as unknown as { axe: typeof import("axe-core") };
  // Only experimental rules, which are off, and playing media look at what it would load beforehand.
  const options: RunOptions = { resultTypes: ["violations"], preload: false };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (dark) options.runOnly = { type: "rule", values: asked.colours };
  const { violations } = await axe.run(asked.within ?? document, options);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
}
