import { expect, test } from "@playwright/test";
import { axeFindings } from "#support/axe";
import { openFakeQuality } from "#support/fake-quality";

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
  await expect(first).toContainText("Fails · 33 %");
  await first.getByRole("button", { name: "Delete this test case" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(first).toHaveCount(0);
  await quality.close();
});

for (const [width, dark, empty] of [
  [1280, false, false],
  [1280, true, false],
  [390, false, false],
  [390, true, true],
] as const) {
  test(`holds to WCAG at ${width} px${dark ? " in the dark" : ""}${empty ? ", empty" : ""}`, async ({
    page,
  }) => {
    const quality = await openFakeQuality({ empty });
    await page.setViewportSize({ width, height: 900 });
    if (dark) await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(quality.url);
    await expect(page.getByText("What became of suggestions")).toBeVisible();
    if (process.env.SHOTS)
      await page.screenshot({
        path: `${process.env.SHOTS}/quality-${width}${dark ? "-dark" : ""}.png`,
        fullPage: true,
      });
    expect(await axeFindings(page)).toEqual([]);
    await quality.close();
  });
}
