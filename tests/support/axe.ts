import AxeBuilder from "@axe-core/playwright";
import type { Frame, Page } from "@playwright/test";

/**
 * What axe finds on a page and in its frames, or only within what a selector names, once nothing moves on it any more,
 * in words short enough for a failed test. In the dark only colours are looked at: the rest is the same page as in the
 * light.
 */
export async function axeFindings(page: Page, { within }: { within?: string } = {}): Promise<string[]> {
  await Promise.all(page.frames().map(stillness));
  // Two copies of playwright-core are installed; their pages are the same thing under two types.
  const same = page as unknown as ConstructorParameters<typeof AxeBuilder>[0]["page"];
  // Only experimental rules, which are off, and playing media look at what it would load beforehand.
  const axe = new AxeBuilder({ page: same }).options({ resultTypes: ["violations"], preload: false });
  if (within !== undefined) axe.include(within);
  if (page.frames().length === 1) axe.setLegacyMode();
  if (await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches)) axe.withRules(colours);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
}

/** What axe finds on a page in the light, and then on the same page in the dark; it is light again afterwards. */
export async function axeInBoth(page: Page, options: { within?: string } = {}): Promise<string[]> {
  const light = await axeFindings(page, options);
  await show(page, "dark");
  const dark = await axeFindings(page, options);
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

/** Waits until what moves has come to its end; what never ends (a pulse, a skeleton) is left alone. */
async function stillness(frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
