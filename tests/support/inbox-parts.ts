import { expect, type Page } from "@playwright/test";

/** The parts of the operators' inbox, where a browser test finds them. */
export const row = (page: Page, id: string) => page.locator(`[data-conversation="${id}"]`);
export const transcript = (page: Page) => page.getByTestId("transcript");
export const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
export const reply = (page: Page) => page.getByLabel(/^Reply to/);
export const note = (page: Page) => page.getByLabel("Internal note");

/** Opens the inbox at an address, and waits for what it is about: its list, or a conversation. */
export async function openInbox(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(/\/inbox\/./.test(url) ? transcript(page) : page.getByTestId("list")).toBeVisible();
}
