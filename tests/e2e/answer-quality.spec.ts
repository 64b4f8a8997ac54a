import { expect, test } from "@playwright/test";
import { axeFindings, axeInBoth } from "#support/axe";
import { openFakeQuality } from "#support/fake-quality";
import { picture } from "#support/picture";

test("adds, changes and removes a test case", async ({ page }) => {
  const quality = await openFakeQuality();
  await page.goto(quality.url);
  await page.getByRole("button", { name: "New test case" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "A good answer" }).fill("Five years.");
  await dialog.getByRole("button", { name: "Add test case" }).click();
  await expect(dialog.getByText("Write what the customer asks.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "The customer asks" }).fill("How long is the warranty?");
  await dialog.getByRole("button", { name: "Add point" }).click();
  await dialog.getByRole("textbox", { name: "Point 1" }).fill("five years");
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: "Warranty" }).click();
  await dialog.getByRole("button", { name: "Add test case" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("How long is the warranty?")).toBeVisible();
  expect(quality.calls.at(-1)?.body).toMatchObject({
    question: "How long is the warranty?",
    points: ["five years"],
    articleId: expect.stringMatching(/901$/),
  });

  const first = page.getByRole("listitem").filter({ hasText: "How long are the poles covered?" });
  await expect(first).toContainText("Fails · 33%");
  await first.getByRole("button", { name: "Delete this test case" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(first).toHaveCount(0);
  await quality.close();
});

test("runs all test cases by a button, and shows each result as it comes", async ({ page }) => {
  const quality = await openFakeQuality();
  await page.goto(quality.url);
  const poles = page.getByRole("listitem").filter({ hasText: "How long are the poles covered?" });
  await expect(poles).toContainText("Fails · 33%");
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuemax", "3");
  await expect(page.getByRole("button", { name: "Run all" })).toBeDisabled();
  expect(await axeFindings(page)).toEqual([]);
  quality.find();
  await expect(page.getByText("1 of 3 asked, 1 passed")).toBeVisible();
  await picture(page, "quality-running");
  for (let n = 0; n < 3; n++) quality.find();
  await expect(poles).toContainText("Passes · 100%");
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Run all" })).toBeEnabled();
  await quality.close();
});

test("a run goes on over a reload, and can be stopped", async ({ page }) => {
  const quality = await openFakeQuality();
  await page.goto(quality.url);
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  expect(quality.calls.at(-1)).toMatchObject({ method: "DELETE", path: "/api/admin/test-cases/run" });
  await quality.close();
});

for (const [width, empty] of [
  [1280, false],
  [390, false],
  [390, true],
] as const) {
  test(`holds to WCAG at ${width} px, light and dark${empty ? ", empty" : ""}`, async ({ page }) => {
    const quality = await openFakeQuality({ empty });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(quality.url);
    await expect(page.getByText("What became of suggestions")).toBeVisible();
    expect(await axeInBoth(page, { as: `quality-${width}${empty ? "-empty" : ""}` })).toEqual([]);
    await quality.close();
  });
}
