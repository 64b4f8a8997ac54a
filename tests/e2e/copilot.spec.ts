import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";

let inbox: FakeInbox;
test.beforeEach(async ({ page }) => {
  inbox = await openFakeInbox({ count: 20 });
  await page.setViewportSize({ width: 1440, height: 900 });
});
test.afterEach(() => inbox.close());

const mine = idOf(6);
const card = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name });
const composer = (page: Page) => page.getByRole("textbox", { name: /^Reply to/ });

async function openCopilot(page: Page, id = mine) {
  await page.goto(`${inbox.url}/inbox/${id}?view=all`);
  await expect(page.getByTestId("transcript")).toBeVisible();
  const tab = page.getByRole("tab", { name: "Co-pilot" });
  if (!(await tab.isVisible())) await page.getByRole("button", { name: "Show details" }).click();
  await tab.click();
}

test("streams suggestions beside the composer and puts one into the reply, unsent", async ({ page }) => {
  await openCopilot(page);
  await expect(card(page, "Short answer")).toContainText("Sure · 0.86");
  await expect(card(page, "Ask first")).toContainText("Unsure · 0.31");
  await card(page, "Full answer")
    .getByRole("button", { name: /Returns and refunds/ })
    .click();
  await expect(page.getByText("You have 60 days from delivery to return anything")).toBeVisible();
  await page.keyboard.press("Escape");

  await card(page, "Short answer")
    .getByRole("button", { name: /^Insert/ })
    .click();

  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue(
    "You have **60 days** from delivery to return the tent, and the label is free.",
  );
  expect(inbox.calls.filter(({ path }) => path.endsWith("/send"))).toEqual([]);
  await page.keyboard.type(" Best, Maya");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => inbox.calls.find(({ path }) => path.endsWith("/send"))?.body, { timeout: 15_000 })
    .toMatchObject({ suggestionId: idOf(801), text: expect.stringContaining("Best, Maya") });
});

test("is worked by keyboard alone", async ({ page }) => {
  await page.goto(`${inbox.url}/inbox/${mine}?view=all`);
  await expect(page.getByTestId("transcript")).toBeVisible();
  await page.keyboard.press("c");
  await expect(card(page, "Ask first")).toContainText("0.31");
  await page.keyboard.press("r");
  await page.keyboard.press("Alt+3");
  await expect(composer(page)).toHaveValue(/^Happy to help with the return/);
  await expect(composer(page)).toBeFocused();
});

test("reads each suggestion out once it is whole, and not the ones that stood there", async ({ page }) => {
  await openCopilot(page);
  const spoken = page.getByRole("region", { name: "Suggested replies" }).locator("[aria-live=polite]");
  await expect(spoken).toContainText("Short answer, Sure: You have 60 days");
  await page.getByRole("tab", { name: "Customer" }).click();
  await page.getByRole("tab", { name: "Co-pilot" }).click();
  await expect(card(page, "Short answer")).toBeVisible();
  await expect(spoken).toBeEmpty();
  expect(
    inbox.calls.filter(({ path, method }) => path.endsWith("/suggestions") && method === "POST"),
  ).toHaveLength(1);
});

test("keeps what stands whole when the stream breaks off, and tries again", async ({ page }) => {
  inbox.copilot.cutAfter = 6;
  await openCopilot(page);
  await expect(page.getByRole("alert")).toContainText("The server cannot be reached");
  inbox.copilot.cutAfter = Number.POSITIVE_INFINITY;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(card(page, "Ask first")).toContainText("0.31");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("says plainly what it cannot do without a model, and what to do where nothing fits", async ({
  page,
}) => {
  inbox.copilot.model = "missing";
  inbox.copilot.made = [];
  await openCopilot(page);
  await expect(page.getByText("Nothing in your articles fits this.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Write an article" })).toHaveAttribute(
    "href",
    "/settings/articles/new",
  );
  await expect(page.getByText("No language model is connected that could go beyond them.")).toBeVisible();
  await expect(page.getByText("Rewriting needs a language model, and none is connected.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Shorter" })).toBeDisabled();
});

test("suggests for nobody who is not waiting, until it is asked to", async ({ page }) => {
  inbox.copilot.waiting = false;
  await openCopilot(page);
  await expect(page.getByText("is not waiting for a person")).toBeVisible();
  expect(inbox.calls.some(({ path, method }) => path.endsWith("/suggestions") && method === "POST")).toBe(
    false,
  );
  await page.getByRole("button", { name: "Suggest a reply" }).click();
  await expect(card(page, "Short answer")).toBeVisible();
  await card(page, "Short answer")
    .getByRole("button", { name: /^Dismiss/ })
    .click();
  await expect(card(page, "Short answer")).toHaveCount(0);
});

test("rewrites the draft beside it, and takes it back", async ({ page }) => {
  await openCopilot(page);
  await composer(page).fill("You can return it. The label is free.");
  await page.getByRole("button", { name: "Shorter" }).click();
  await page.getByRole("region", { name: "Details" }).or(page.locator("aside")).first().waitFor();
  await page.getByRole("button", { name: "Replace draft" }).last().click();
  await expect(composer(page)).toHaveValue("You can return it.");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(composer(page)).toHaveValue("You can return it. The label is free.");
});

test("sums up, and answers from the articles in place", async ({ page }) => {
  await openCopilot(page);
  await page.getByRole("button", { name: "Summarise" }).click();
  await expect(page.getByText("Open: whether a used tent is taken back.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Question to the articles" }).fill("poles");
  await page.keyboard.press("Enter");
  await page.getByText("Warranty", { exact: false }).first().click();
  await expect(page.getByText("Poles are covered for five years, fabric for three.")).toBeVisible();
});

test("keeps a corrected answer as a test case", async ({ page }) => {
  await openCopilot(page);
  await page.getByRole("button", { name: "Correct this answer" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "A better answer" }).fill("60 days, label included.");
  await dialog.getByRole("button", { name: "Keep as test case" }).click();
  await expect(page.getByText("Kept as a test case", { exact: true })).toBeVisible();
  expect(inbox.calls.find(({ path }) => path.endsWith("/test-cases"))?.body).toMatchObject({
    answer: "60 days, label included.",
    from: { conversationId: mine },
  });
});

test("leads to the reply after it was put there, where the panel lies above it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCopilot(page);
  await card(page, "Short answer").getByRole("button", { name: "Insert" }).click();
  await expect(page.getByRole("tab", { name: "Co-pilot" })).toHaveCount(0);
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue(/^You have \*\*60 days/);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`holds to WCAG at ${width} px, light and dark`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openCopilot(page);
    await expect(card(page, "Ask first")).toContainText("0.31");
    expect(await axeInBoth(page, { as: `panel-${width}` })).toEqual([]);
  });
}
