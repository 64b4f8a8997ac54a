import { expect, type Page, test } from "@playwright/test";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";
import { picture } from "#support/picture";

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
  // Two conversations more of the first one's customer.
  const first = inbox.known.get(idOf(1));
  for (const id of [idOf(21), idOf(41)]) {
    const other = inbox.known.get(id);
    if (first && other) other.row = { ...other.row, customer: first.row.customer };
  }
});
test.afterEach(() => inbox.close());

const rows = (page: Page) => page.locator("[data-conversation]");

test("leads from a customer to all their conversations in the list, and back", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1100 });
  await page.goto(`${inbox.url}/inbox/${idOf(1)}`);
  const button = page.getByRole("button", { name: "All in the list" });
  await button.scrollIntoViewIfNeeded();
  await button.click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByTestId("transcript")).toBeVisible();
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Maria Santos");
  await picture(page, "contact-list");

  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Take away Maria Santos" }).click();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
});

test("shows the list itself where there is room for one thing", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${inbox.url}/inbox/${idOf(1)}`);
  await page.getByRole("button", { name: "Show details" }).click();
  await page.getByRole("button", { name: "All in the list" }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByTestId("transcript")).toHaveCount(0);
});
