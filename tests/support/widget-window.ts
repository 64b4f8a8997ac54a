import { expect, type FrameLocator, type Page } from "@playwright/test";
import type { WidgetStage } from "./widget-stage.ts";

/** Opens the chat of a shop's page as a customer does; answers its window. */
export async function openChat(page: Page, { hostUrl }: WidgetStage): Promise<FrameLocator> {
  await page.goto(hostUrl);
  await page.getByRole("button", { name: "Open chat" }).click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("dialog")).toBeVisible();
  return frame;
}

/** Writes to the assistant, and sends it. */
export async function say(frame: FrameLocator, text: string): Promise<void> {
  const field = frame.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
}
