import { expect, type FrameLocator, test } from "@playwright/test";
import { startWidgetStage, type WidgetStage } from "#support/widget-stage";
import { openChat, say } from "#support/widget-window";

let stage: WidgetStage;

test.beforeEach(async () => {
  stage = await startWidgetStage();
});
test.afterEach(() => stage.stop());

const placeOf = (frame: FrameLocator, text: string) =>
  frame.getByText(text, { exact: true }).evaluate((line) => line.getBoundingClientRect().top);

test("a reader who has scrolled up is left alone, and told of what is new", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  const chat = stage.chat.script();
  for (let number = 0; number < 30; number += 1)
    chat.message({ kind: "agent", name: "Nora" }, `line ${number}`);
  await expect(frame.getByText("line 29", { exact: true })).toBeInViewport();
  await frame.getByRole("log").evaluate((log) => log.scrollTo(0, 0));
  await expect(frame.getByRole("button", { name: "To the latest message" })).toBeVisible();
  chat.message({ kind: "agent", name: "Nora" }, "the newest");
  await frame.getByRole("button", { name: "New messages" }).click();
  await expect(frame.getByText("the newest", { exact: true })).toBeInViewport();
});

test("the whole history can be read, page by page, without losing the place", async ({ page }) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  await expect(frame.getByText("Sent")).toBeVisible();
  const chat = stage.chat.script();
  for (let number = 0; number < 130; number += 1)
    chat.message({ kind: "agent", name: "Nora" }, `line ${number}`);
  await expect(frame.getByText("line 129", { exact: true })).toBeInViewport();
  await page.reload();
  await expect(frame.getByText("line 129", { exact: true })).toBeInViewport();
  await expect(frame.getByText("line 79", { exact: true })).toHaveCount(0);
  const log = frame.getByRole("log");
  const place = (text: string) => placeOf(frame, text);

  // By the wheel: the first page comes by itself when one reaches the top.
  await log.evaluate((element) => element.scrollTo(0, 100));
  const before = await place("line 82");
  await expect(frame.getByText("line 40", { exact: true })).toHaveCount(1);
  await page.waitForTimeout(200);
  expect(Math.abs((await place("line 82")) - before)).toBeLessThan(3);
  await expect(frame.getByRole("button", { name: "New messages" })).toHaveCount(0);

  // By keyboard: the button, until there is nothing earlier and the greeting begins the log.
  stage.chat.trouble(503);
  await log.evaluate((element) => element.scrollTo(0, 0));
  const again = frame.getByRole("button", { name: "Earlier messages could not be loaded. Try again" });
  await expect(again).toBeInViewport();
  stage.chat.trouble(undefined);
  await again.focus();
  const kept = await place("line 31");
  await page.keyboard.press("Enter");
  await expect(frame.getByText("hello", { exact: true })).toHaveCount(1);
  await expect(frame.getByRole("heading", { name: stage.chat.card.greeting })).toHaveCount(1);
  await expect(again).toHaveCount(0);
  await expect(log).toBeFocused();
  await expect(frame.getByRole("status").filter({ hasText: "131 messages are shown" })).toHaveCount(1);
  expect(Math.abs((await place("line 31")) - kept)).toBeLessThan(3);
  const all = await frame
    .getByRole("article")
    .getByText(/^(hello|line \d+)$/)
    .allTextContents();
  expect(all).toEqual(["hello", ...Array.from({ length: 130 }, (_, number) => `line ${number}`)]);
});

test("what is read stays where it is while a disturbed line is told of, and when it is over", async ({
  page,
}) => {
  const frame = await openChat(page, stage);
  await say(frame, "hello");
  const chat = stage.chat.script();
  for (let number = 0; number < 40; number += 1)
    chat.message({ kind: "agent", name: "Nora" }, `line ${number}`);
  await expect(frame.getByText("line 39", { exact: true })).toBeInViewport();
  await frame.getByRole("log").evaluate((log) => log.scrollTo(0, 600));
  await expect(frame.getByRole("button", { name: "To the latest message" })).toBeVisible();
  const before = await placeOf(frame, "line 20");

  stage.chat.trouble("cut");
  const again = frame.getByRole("button", { name: "Retry now" });
  await expect(again).toBeVisible();
  await expect.poll(() => placeOf(frame, "line 20")).toBeCloseTo(before, 0);
  stage.chat.trouble(undefined);
  // The line may come back by itself in this very moment; then there is no button left to press.
  await again.click({ timeout: 3_000 }).catch(() => undefined);
  await expect(again).toHaveCount(0, { timeout: 35_000 });
  await expect.poll(() => placeOf(frame, "line 20")).toBeCloseTo(before, 0);
});
