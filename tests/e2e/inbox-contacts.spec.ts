import { expect, type Page, test } from "@playwright/test";
import { axeInBoth } from "#support/axe";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { onPlatform } from "#support/inbox-channels";
import { idOf } from "#support/inbox-ids";

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const open = idOf(onPlatform.open);

async function visit(page: Page, number: number) {
  await page.goto(`${inbox.url}/inbox/${idOf(number)}?view=all`);
  await expect(page.getByTestId("transcript")).toBeVisible();
}

function lastCall(path: RegExp) {
  return inbox.calls.findLast((call) => path.test(call.path));
}

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });

async function choosesSamePerson(page: Page, name: string) {
  await page.getByRole("button", { name: "Same person as…" }).click();
  await page.getByRole("combobox", { name: "Contact to keep" }).fill(name);
  await expect(page.getByRole("option")).toHaveCount(3);
  await page.keyboard.press("Enter");
}

test("makes two contacts one once that is confirmed, and shows the kept name everywhere", async ({
  page,
}) => {
  await visit(page, onPlatform.open);
  const kept = inbox.known.get(idOf(1))?.customer.id;
  await choosesSamePerson(page, "maria santos");
  const dialog = page.getByRole("dialog", { name: "Make them one contact?" });
  await expect(dialog.getByText("All conversations of Priya Nair will belong to Maria Santos")).toBeVisible();
  // Whoever still holds Enter down has not agreed.
  await expect(dialog).toBeFocused();
  expect(lastCall(/merge$/)).toBeUndefined();
  await dialog.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByText("Priya Nair is now part of Maria Santos")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(details(page).getByText("Maria Santos").first()).toBeVisible();
  await expect(page.locator(`[data-conversation="${open}"]`)).toContainText("Maria Santos");
  await expect(
    details(page)
      .getByRole("listitem")
      .filter({ hasText: /^Web chat$/ }),
  ).toBeVisible();
  const gone = idOf(5_000 + onPlatform.open - 1);
  expect(lastCall(/merge$/)).toMatchObject({
    path: `/api/agent/contacts/${gone}/merge`,
    body: { into: kept },
  });
});

test("shows the kept name where a colleague merges", async ({ page }) => {
  await visit(page, onPlatform.open);
  const path = `${inbox.url}/api/agent/contacts/${idOf(5_000 + onPlatform.open - 1)}/merge`;
  await fetch(path, { method: "POST", body: JSON.stringify({ into: idOf(5_001) }) });
  await expect(page.locator(`[data-conversation="${open}"]`)).toContainText("Jonas Weber");
  await expect(details(page).getByText("Jonas Weber").first()).toBeVisible();
});

test("says why two contacts were not merged, and lets another be chosen", async ({ page }) => {
  inbox.faults.refuseMerges = "This contact does not exist.";
  await visit(page, onPlatform.open);
  await choosesSamePerson(page, "maria santos");
  await page.getByRole("button", { name: "Merge" }).click();
  await expect(page.getByRole("alert").getByText("This contact does not exist.")).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  const field = page.getByRole("combobox", { name: "Contact to keep" });
  await field.fill("priya nair");
  // She is never offered to herself, but others of her name are.
  await expect(page.getByRole("option")).toHaveCount(2);
  await field.fill("nobody of this name");
  await expect(page.getByText("Nobody has this name or address.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Same person as…" })).toBeFocused();
});

test("has nothing for axe to find, light and dark", async ({ page }) => {
  await visit(page, onPlatform.open);
  await page.getByRole("button", { name: "Same person as…" }).click();
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(await axeInBoth(page)).toEqual([]);
  await page.getByRole("option").first().click();
  expect(await axeInBoth(page)).toEqual([]);
});
