import type { Page } from "@playwright/test";

/** Takes a picture for those who look at what they changed, where `SHOTS` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await page.screenshot({ path: `${folder}/${name}${dark ? "-dark" : ""}.png` });
}
