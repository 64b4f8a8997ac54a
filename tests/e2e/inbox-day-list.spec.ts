import { expect, type Page, test } from "@playwright/test";
import { type FakeInbox, openFakeInbox } from "#support/fake-inbox";
import { idOf } from "#support/inbox-ids";
import { openInbox, row, transcript } from "#support/inbox-parts";

test.use({ viewport: { width: 1440, height: 900 } });

let inbox: FakeInbox;
test.beforeEach(async () => {
  inbox = await openFakeInbox({ count: 60 });
});
test.afterEach(() => inbox.close());

const mine = idOf(6);

const open = (page: Page, path: string) => openInbox(page, inbox.url + path);

function lastCall(path: RegExp, method = "POST") {
  return inbox.calls.findLast((call) => path.test(call.path) && call.method === method);
}

test("acts on many at once, and takes it back with one press", async ({ page }) => {
  await open(page, `/inbox/${mine}?view=all`);
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  await expect(page.getByText("3 chosen")).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByText("3 resolved")).toBeVisible();
  await expect(row(page, mine).getByText("Resolved")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, mine).getByText("You")).toBeVisible();
});

test("chooses a range with the pointer, and says which of it was not done", async ({ page }) => {
  inbox.desk.faults.refuseBulk.set(idOf(7), "Anna has it.");
  await open(page, "/inbox?view=all");
  await page.getByRole("checkbox", { name: "Choose Bartholomew" }).first().check({ force: true });
  await page
    .getByRole("checkbox", { name: "Choose Kenji Tanaka" })
    .first()
    .click({ modifiers: ["Shift"], force: true });
  await page.getByRole("toolbar").getByRole("button", { name: "Snooze the chosen" }).click();
  await page.getByRole("button", { name: /^Tomorrow/ }).click();
  await expect(page.getByText("2 snoozed")).toBeVisible();
  await expect(page.getByText("1 not: Anna has it.")).toBeVisible();
  await expect(row(page, mine).getByText("Snoozed until")).toBeAttached();
  await expect(row(page, idOf(7)).getByText("Snoozed until")).toHaveCount(0);
});

test("puts a conversation aside until a moment, and wakes it", async ({ page }) => {
  await open(page, `/inbox/${mine}`);
  await page.keyboard.press("h");
  await expect(page.getByRole("dialog", { name: "Snooze" })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Snoozed until/).first()).toBeVisible();
  expect(lastCall(/snooze$/, "PUT")).toBeDefined();
  await page.keyboard.press("h");
  await page.getByRole("button", { name: /^Wake now/ }).click();
  await expect.poll(() => lastCall(/snooze$/, "DELETE")).toBeDefined();
});

test("finds conversations by their words, marked, and contacts by their name", async ({ page }) => {
  await open(page, "/inbox?view=all");
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Search conversations and contacts" });
  await field.fill("parcel");
  await expect(page.getByRole("option").first().locator("mark").first()).toHaveText("parcel");
  await field.fill("priya");
  await page.getByRole("button", { name: "Contacts" }).click();
  await expect(page.getByRole("option", { name: /Priya Nair/ }).first()).toBeVisible();
  await field.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Conversations", pressed: true })).toBeVisible();
  await field.fill("bartholomew");
  await expect(page.getByRole("option", { name: /Bartholomew/ }).first()).toBeVisible();
  await field.press("Enter");
  await expect(page).toHaveURL(/\/inbox\/[0-9a-f-]+/);
});

test("narrows the list, keeps that under a name, and shows the notes that name me", async ({ page }) => {
  await open(page, "/inbox?view=all&tag=refund");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refunds");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Refunds" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: /^Mentions/ }).click();
  await page.getByRole("link", { name: /can you look at the invoice/ }).click();
  await expect(transcript(page)).toBeVisible();
  await expect.poll(() => lastCall(/mentions\/read$/)).toBeDefined();
});
